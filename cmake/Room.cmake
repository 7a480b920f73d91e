# SPDX-License-Identifier: Apache-2.0
# relata_room(NAME HEADERS … SOURCES … [LINK …] [LINK_PRIVATE …])
# One static library a room. Includes are written from the root ("core/span.hpp"); the layer check in tests/arch keeps
# the rooms apart, since the compiler alone would let any include through.
function(relata_room name)
    cmake_parse_arguments(ROOM "" "" "HEADERS;SOURCES;LINK;LINK_PRIVATE" ${ARGN})
    add_library(${name} STATIC ${ROOM_SOURCES})
    target_sources(${name} PUBLIC FILE_SET HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR} FILES ${ROOM_HEADERS})
    target_link_libraries(${name} PUBLIC ${ROOM_LINK} PRIVATE relata_warnings ${ROOM_LINK_PRIVATE})
    target_include_directories(${name} PUBLIC ${PROJECT_SOURCE_DIR})
endfunction()

# relata_tests(NAME SOURCES … LINK …): one test binary a room, linked with that room only, so that a missing edge fails.
function(relata_tests name)
    cmake_parse_arguments(TESTS "" "" "SOURCES;LINK" ${ARGN})
    add_executable(${name} ${TESTS_SOURCES})
    target_link_libraries(${name} PRIVATE relata_warnings ${TESTS_LINK} Catch2::Catch2WithMain)
    target_compile_definitions(${name} PRIVATE RELATA_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
    string(REGEX REPLACE "_tests$" "." prefix ${name})
    catch_discover_tests(${name} TEST_PREFIX ${prefix} DISCOVERY_MODE PRE_TEST)
endfunction()
