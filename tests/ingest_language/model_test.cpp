// SPDX-License-Identifier: Apache-2.0
#include "ingest/language/model.hpp"

#include <catch2/catch.hpp>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>

#include "core/error.hpp"

using namespace relata;
using namespace relata::ingest;
using Catch::Contains;

namespace {

std::filesystem::path file_with(const std::string& header, const std::string& data) {
    const auto path = std::filesystem::temp_directory_path() / "relata-test.safetensors";
    const std::uint64_t length = header.size();
    std::string bytes(sizeof length, '\0');
    std::memcpy(bytes.data(), &length, sizeof length);
    std::ofstream(path, std::ios::binary) << bytes << header << data;
    return path;
}

const std::string k_metadata = R"("__metadata__":{"format":"relata-model","version":"2","config":"{}"})";

}  // namespace

TEST_CASE("tensors are found with their type and shape", "[language][model]") {
    const auto path = file_with("{" + k_metadata +
                                    R"(,"a":{"dtype":"I8","shape":[2,2],"data_offsets":[4,8]},)"
                                    R"("b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})",
                                std::string("\0\0\x80\x3f\x01\x02\x03\xff", 8));
    const WeightFile weights(path);
    CHECK(weights.int8("a", 2, 2)[3] == -1);
    CHECK(weights.f32("b", 1)[0] == 1.0F);
    CHECK(weights.rows("a") == 2);
    CHECK(weights.rows("c") == 0);
    CHECK_THROWS_WITH(weights.int8("c", 1, 1), Contains("tensor c is missing"));
    CHECK_THROWS_AS(weights.f32("a", 2, 2), FormatError);
    CHECK_THROWS_AS(read_labels(weights), FormatError);
    std::filesystem::remove(path);
}

TEST_CASE("damaged weights are refused with a reason", "[language][model]") {
    CHECK_THROWS_AS(WeightFile("/nonexistent/model.safetensors"), IoError);
    const auto refused = [](const std::string& header, const std::string& data, const std::string& reason) {
        const auto path = file_with(header, data);
        CHECK_THROWS_WITH(WeightFile(path), Contains(reason));
        CHECK_THROWS_AS(WeightFile(path), FormatError);
        std::filesystem::remove(path);
    };
    refused("{}", "", "not a model of Relata");
    refused("{", "", "");
    refused(R"({"__metadata__":{"format":"relata-model","version":"1","config":"{}"}})", "", "version");
    refused("{" + k_metadata + R"(,"a":{"dtype":"I8","shape":[2,2],"data_offsets":[0,4]}})", "abc",
            "cut off");
    refused("{" + k_metadata + R"(,"a":{"dtype":"I8","shape":[-2,2],"data_offsets":[0,4]}})", "abcd",
            "odd shape");
    const auto path = std::filesystem::temp_directory_path() / "relata-test-empty.safetensors";
    std::ofstream(path) << "";
    CHECK_THROWS_AS(WeightFile(path), FormatError);
    std::ofstream(path) << "\xff\xff\xff\xff\xff\xff\xff\xff{}";
    CHECK_THROWS_AS(WeightFile(path), FormatError);
    std::filesystem::remove(path);
}
