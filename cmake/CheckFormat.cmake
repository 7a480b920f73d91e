# SPDX-License-Identifier: Apache-2.0
# cmake -D SOURCE_DIR=… -D CLANG_FORMAT=… -P CheckFormat.cmake
# Fails when a source is not formatted. To mend: clang-format -i FILE (version 14, Debian 12's).
cmake_minimum_required(VERSION 3.25)
set(files)
foreach(top IN ITEMS core ingest graph export web eval cli bench tests)
    file(GLOB_RECURSE found ${SOURCE_DIR}/${top}/*.hpp ${SOURCE_DIR}/${top}/*.cpp)
    list(FILTER found EXCLUDE REGEX "node_modules/")
    list(APPEND files ${found})
endforeach()
execute_process(COMMAND ${CLANG_FORMAT} --dry-run -Werror ${files} RESULT_VARIABLE result)
if(NOT result EQUAL 0)
    message(FATAL_ERROR "sources are not formatted")
endif()
