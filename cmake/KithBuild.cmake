# SPDX-FileCopyrightText: 2026 The Kith authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The two functions that every folder uses, and the flags that every target gets.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set_property(GLOBAL PROPERTY AUTOGEN_TARGETS_FOLDER autogen)

add_compile_definitions(QT_NO_CAST_TO_ASCII QT_NO_URL_CAST_FROM_STRING QT_NO_KEYWORDS
  QT_DISABLE_DEPRECATED_BEFORE=0x060400 $<$<BOOL:${KITH_TESTING}>:KITH_TESTING>)
add_compile_options(-Wall -Wextra -Wpedantic -Wconversion -Wshadow -fstack-protector-strong -fpch-preprocess
  $<$<NOT:$<CONFIG:Release>>:-Werror> # GCC 12 warns falsely at -O3 (array-bounds through std::variant)
  -ffile-prefix-map=${CMAKE_SOURCE_DIR}/=)
add_link_options(-Wl,-z,relro,-z,now -Wl,--as-needed)
if(CMAKE_BUILD_TYPE MATCHES "Release|RelWithDebInfo")
  add_compile_options(-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
endif()

# One precompiled header for all: std and QtCore, nothing of ours.
add_library(kith_pch STATIC ${CMAKE_SOURCE_DIR}/cmake/pch.cpp)
target_link_libraries(kith_pch PUBLIC Qt6::Core)
target_precompile_headers(kith_pch PRIVATE
  <algorithm> <array> <chrono> <functional> <map> <memory> <mutex> <optional> <string> <unordered_map> <variant> <vector>
  <QByteArray> <QCoreApplication> <QHash> <QJsonArray> <QJsonDocument> <QJsonObject> <QLoggingCategory> <QObject>
  <QPointer> <QString> <QTimer>)

# ccache would hash 130 MB of header for every object; the checksum beside it (pch_external_checksum) stands in. It names
# what the header is made of, not its bytes: those differ between worktrees, which would then share nothing.
add_custom_command(TARGET kith_pch POST_BUILD
  COMMAND ${CMAKE_COMMAND} -E echo "${CMAKE_CXX_COMPILER_VERSION} ${Qt6_VERSION}" > cmake_pch.hxx.gch.sum
  COMMAND sha256sum cmake_pch.hxx >> cmake_pch.hxx.gch.sum
  WORKING_DIRECTORY ${CMAKE_BINARY_DIR}/CMakeFiles/kith_pch.dir)

function(kith_use_pch target)
  target_link_libraries(${target} PRIVATE Qt6::Core)
  target_precompile_headers(${target} REUSE_FROM kith_pch)
endfunction()

# add_room(base SOURCES a.cpp b.h ... [DEPENDS room...] [EXTERNAL target...] [PRIVATE target...] [MOC] [UNITY])
#
# The static library kith_base, alias kith::base. DEPENDS and EXTERNAL show in its headers (PUBLIC), PRIVATE does not.
# Slashes of a room's path become underscores: rpc/service is kith_rpc_service. Headers are named from the root.
# UNITY compiles six files at a time: most of a file's cost is what it includes. Such a room's private names are unique.
function(add_room name)
  cmake_parse_arguments(ROOM "MOC;UNITY" "" "SOURCES;DEPENDS;EXTERNAL;PRIVATE" ${ARGN})
  add_library(kith_${name} STATIC ${ROOM_SOURCES})
  add_library(kith::${name} ALIAS kith_${name})
  target_include_directories(kith_${name} PUBLIC ${CMAKE_SOURCE_DIR} ${CMAKE_BINARY_DIR})
  list(TRANSFORM ROOM_DEPENDS PREPEND kith::)
  target_link_libraries(kith_${name} PUBLIC Qt6::Core ${ROOM_DEPENDS} ${ROOM_EXTERNAL} PRIVATE ${ROOM_PRIVATE})
  set_target_properties(kith_${name} PROPERTIES AUTOMOC ${ROOM_MOC} UNITY_BUILD ${ROOM_UNITY} UNITY_BUILD_BATCH_SIZE 6)
  kith_use_pch(kith_${name})
endfunction()

# add_room_test(tst_name LABEL unit SOURCES a.cpp ... DEPENDS room... [EXTERNAL target...] [TIMEOUT s] [ENV A=b ...])
function(add_room_test name)
  cmake_parse_arguments(TEST "" "LABEL;TIMEOUT" "SOURCES;DEPENDS;EXTERNAL;ENV" ${ARGN})
  if(NOT TEST_SOURCES)
    set(TEST_SOURCES ${name}.cpp)
  endif()
  if(NOT TEST_TIMEOUT)
    set(TEST_TIMEOUT 300) # ends a hang; a loaded machine is no failure
  endif()
  add_executable(${name} ${TEST_SOURCES})
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR})
  list(TRANSFORM TEST_DEPENDS PREPEND kith::)
  target_link_libraries(${name} PRIVATE ${TEST_DEPENDS} ${TEST_EXTERNAL} Qt6::Test)
  target_compile_definitions(${name} PRIVATE KITH_SOURCE_DIR="${CMAKE_SOURCE_DIR}" KITH_BIN_DIR="${CMAKE_BINARY_DIR}/bin")
  set_target_properties(${name} PROPERTIES AUTOMOC ON RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests/bin)
  set_source_files_properties(${CMAKE_CURRENT_BINARY_DIR}/${name}_autogen/mocs_compilation.cpp PROPERTIES
    SKIP_PRECOMPILE_HEADERS ON) # empty: a test includes its own .moc
  kith_use_pch(${name})
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES LABELS ${TEST_LABEL} TIMEOUT ${TEST_TIMEOUT}
    ENVIRONMENT "QT_QPA_PLATFORM=offscreen;QT_NO_GLIB=1;${TEST_ENV}")
endfunction()
