# SPDX-License-Identifier: Apache-2.0
# cmake -D SOURCE_DIR=… -P CheckLayers.cmake
# Each room may include itself and the rooms named here; each third party has one door. HACKING.md draws the arrows.
cmake_minimum_required(VERSION 3.25)

set(rooms core ingest/read ingest/language ingest/facts ingest graph export web eval cli)
set(may_core)
set(may_ingest/read core)
set(may_ingest/language core)
set(may_ingest/facts ingest/language core)
set(may_ingest ingest/read ingest/language ingest/facts core)
set(may_graph core)
set(may_export graph core)
set(may_web export graph core)
set(may_eval core)
set(may_cli ingest/read ingest/language ingest/facts ingest graph export web eval core)

# header pattern -> the only places that may include it
set(doors
    "^rapidjson/|core/json.cpp"
    "^boost/graph|graph/"
    "^httplib.h|web/"
    "^sqlite3.h|graph/"
    "^oneapi/dnnl|ingest/language/"
    "^gumbo.h|ingest/read/"
    "^cmark.h|ingest/read/"
    "^CLI/|cli/")

set(broken 0)
macro(complain text)
    message(NOTICE "${text}")
    math(EXPR broken "${broken} + 1")
endmacro()

# The innermost room that holds a path ("ingest/facts/x.hpp" is in ingest/facts, "ingest/pipeline.hpp" in ingest).
function(room_of path result)
    set(${result} "" PARENT_SCOPE)
    foreach(room IN LISTS rooms)
        if(path MATCHES "^${room}/")
            set(${result} ${room} PARENT_SCOPE)
            return()
        endif()
    endforeach()
endfunction()

foreach(top IN ITEMS core ingest graph export web eval cli)
    file(GLOB_RECURSE files RELATIVE ${SOURCE_DIR} ${SOURCE_DIR}/${top}/*.hpp ${SOURCE_DIR}/${top}/*.cpp)
    foreach(file IN LISTS files)
        if(file MATCHES "node_modules/")
            continue()
        endif()
        room_of(${file} room)
        file(STRINGS ${SOURCE_DIR}/${file} lines REGEX "^#include ")
        foreach(line IN LISTS lines)
            if(line MATCHES "^#include \"(.*)\"")
                set(target ${CMAKE_MATCH_1})
                room_of("${target}" target_room)
                if(NOT target_room)
                    complain("${file} includes \"${target}\", which is not written from the root")
                elseif(NOT target_room STREQUAL room AND NOT target_room IN_LIST may_${room})
                    complain("${file} must not include \"${target}\"")
                endif()
            elseif(line MATCHES "^#include <(.*)>")
                set(target ${CMAKE_MATCH_1})
                foreach(door IN LISTS doors)
                    string(REPLACE "|" ";" door "${door}")
                    list(GET door 0 pattern)
                    list(GET door 1 place)
                    if(target MATCHES "${pattern}" AND NOT file MATCHES "^${place}")
                        complain("${file} must not include <${target}>: its door is ${place}")
                    endif()
                endforeach()
            endif()
        endforeach()
    endforeach()
endforeach()
if(broken GREATER 0)
    message(FATAL_ERROR "${broken} forbidden includes")
endif()
