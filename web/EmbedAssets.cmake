# SPDX-License-Identifier: Apache-2.0
# cmake -D STYLE=… -D SCRIPT=… -D ICON=… -D OUTPUT=… -P EmbedAssets.cmake
# Writes the files into one C++ source as string literals, so that the program needs no files at run time.
cmake_minimum_required(VERSION 3.25)
set(source "// Made by EmbedAssets.cmake.\n#include \"web/assets.hpp\"\n\nnamespace relata::web {\n")
foreach(pair IN ITEMS "k_style_sheet|${STYLE}" "k_script|${SCRIPT}" "k_icon|${ICON}")
    string(REPLACE "|" ";" pair "${pair}")
    list(GET pair 0 name)
    list(GET pair 1 file)
    # Hexadecimal, because a list in CMake would eat semicolons and brackets of the text.
    file(READ "${file}" content HEX)
    string(LENGTH "${content}" digits)
    math(EXPR bytes "${digits} / 2")
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\\\x\\1" content "${content}")
    string(APPEND source "const std::string_view ${name}{\n    \"${content}\",\n    ${bytes}};\n")
endforeach()
string(APPEND source "}  // namespace relata::web\n")
file(WRITE "${OUTPUT}" "${source}")
