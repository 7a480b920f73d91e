# SPDX-License-Identifier: Apache-2.0
# Everything comes from Debian 12 packages; packages.txt is their one list.
set(hint "missing: install the packages of packages.txt (./demo.sh and ./test.sh do it)")

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)

find_package(RapidJSON CONFIG QUIET)
find_path(RAPIDJSON_HEADER_DIR rapidjson/reader.h HINTS ${RAPIDJSON_INCLUDE_DIRS})
if(NOT RAPIDJSON_HEADER_DIR)
    message(FATAL_ERROR "RapidJSON ${hint}")
endif()
add_library(relata_rapidjson INTERFACE)
target_include_directories(relata_rapidjson SYSTEM INTERFACE ${RAPIDJSON_HEADER_DIR})

foreach(package IN ITEMS libxxhash sqlite3 gumbo libcmark uchardet icu-uc icu-i18n)
    string(MAKE_C_IDENTIFIER ${package} variable)
    string(TOUPPER ${variable} variable)
    pkg_check_modules(${variable} REQUIRED IMPORTED_TARGET ${package})
endforeach()
# Its flags matter: without the CPPHTTPLIB_*_SUPPORT definitions the types differ from the compiled library's.
pkg_check_modules(HTTPLIB REQUIRED IMPORTED_TARGET cpp-httplib)

find_package(Boost 1.74 REQUIRED CONFIG)
find_package(CLI11 REQUIRED CONFIG)

find_path(DNNL_INCLUDE_DIR oneapi/dnnl/dnnl.hpp)
find_library(DNNL_LIBRARY dnnl)
if(NOT DNNL_INCLUDE_DIR OR NOT DNNL_LIBRARY)
    message(FATAL_ERROR "oneDNN ${hint}")
endif()
add_library(relata_dnnl INTERFACE)
target_include_directories(relata_dnnl SYSTEM INTERFACE ${DNNL_INCLUDE_DIR})
target_link_libraries(relata_dnnl INTERFACE ${DNNL_LIBRARY})

if(BUILD_TESTING)
    find_package(Catch2 2.13 REQUIRED CONFIG)
    include(Catch)
endif()
