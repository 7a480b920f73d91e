// SPDX-License-Identifier: Apache-2.0
#include "ingest/language/model.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "core/error.hpp"
#include "core/json.hpp"

namespace relata::ingest {

WeightFile::WeightFile(const std::filesystem::path& path) : path_(path.string()) {
    const int file = ::open(path_.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) throw IoError(path_, "open", errno);
    struct stat status {};
    if (::fstat(file, &status) != 0) {
        const int error = errno;
        ::close(file);
        throw IoError(path_, "read", error);
    }
    size_ = static_cast<std::size_t>(status.st_size);
    void* mapped = size_ > 0 ? ::mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, file, 0) : MAP_FAILED;
    const int error = errno;
    ::close(file);
    if (mapped == MAP_FAILED) {
        if (size_ == 0) throw FormatError(path_, "empty file");
        throw IoError(path_, "map", error);
    }
    data_ = static_cast<const unsigned char*>(mapped);
    try {
        read_header();
    } catch (const FormatError&) {
        ::munmap(const_cast<unsigned char*>(data_), size_);
        throw;
    } catch (const Error& broken) {  // what core/json says about the header
        ::munmap(const_cast<unsigned char*>(data_), size_);
        throw FormatError(path_, broken.what());
    }
}

WeightFile::~WeightFile() {
    if (data_ != nullptr) ::munmap(const_cast<unsigned char*>(data_), size_);
}

// https://huggingface.co/docs/safetensors: 8 bytes of little-endian header length, a JSON header, the data.
void WeightFile::read_header() {
    std::uint64_t length = 0;
    if (size_ < sizeof length) throw FormatError(path_, "not a safetensors file");
    std::memcpy(&length, data_, sizeof length);
    if (length > size_ - sizeof length || length > 10'000'000)
        throw FormatError(path_, "not a safetensors file");
    const std::string header(reinterpret_cast<const char*>(data_) + sizeof length, length);
    const unsigned char* begin = data_ + sizeof length + length;
    const std::size_t available = size_ - sizeof length - length;
    const json::Value root = json::parse(header, path_);
    const json::Object* members = root.object();
    if (members == nullptr) throw FormatError(path_, "header is no object");
    const json::Value* metadata = root.find("__metadata__");
    if (metadata == nullptr || metadata->string_or("format", "") != "relata-model")
        throw FormatError(path_, "not a model of Relata (metadata \"format\" is not \"relata-model\")");
    if (metadata->string_or("version", "") != "2")
        throw FormatError(path_,
                          "model version \"" + metadata->string_or("version", "") + "\", expected \"2\"");
    config_ = metadata->string_at("config");
    for (const auto& [name, value] : *members) {
        if (name == "__metadata__") continue;
        Tensor tensor;
        const std::string& type = value.string_at("dtype");
        if (type != "I8" && type != "F32") throw FormatError(path_, "tensor " + name + " has type " + type);
        tensor.is_int8 = type == "I8";
        const json::Array& shape = value.array_at("shape");
        if (shape.empty() || shape.size() > 2)
            throw FormatError(path_, "tensor " + name + " has an odd shape");
        const auto extent = [&](const json::Value& number) {
            const auto integer = number.integer();
            if (!integer || *integer < 1 || *integer > 1'000'000)
                throw FormatError(path_, "tensor " + name + " has an odd shape");
            return static_cast<std::size_t>(*integer);
        };
        tensor.rows = extent(shape[0]);
        if (shape.size() == 2) tensor.columns = extent(shape[1]);
        const json::Array& offsets = value.array_at("data_offsets");
        if (offsets.size() != 2 || !offsets[0].integer() || !offsets[1].integer())
            throw FormatError(path_, "tensor " + name + " has no place");
        const auto first = static_cast<std::uint64_t>(*offsets[0].integer());
        const auto last = static_cast<std::uint64_t>(*offsets[1].integer());
        const std::size_t bytes = tensor.rows * tensor.columns * (tensor.is_int8 ? 1 : sizeof(float));
        if (last > available || first > last || last - first != bytes)
            throw FormatError(path_, "tensor " + name + " lies outside the file; is it cut off?");
        tensor.data = begin + first;
        tensors_.emplace(name, tensor);
    }
}

const WeightFile::Tensor& WeightFile::tensor(const std::string& name, bool is_int8, std::size_t rows,
                                             std::size_t columns) const {
    const auto found = tensors_.find(name);
    if (found == tensors_.end()) throw FormatError(path_, "tensor " + name + " is missing");
    const Tensor& tensor = found->second;
    if (tensor.is_int8 != is_int8 || tensor.rows != rows || tensor.columns != columns)
        throw FormatError(path_, "tensor " + name + " has another type or shape than expected");
    return tensor;
}

std::span<const std::int8_t> WeightFile::int8(const std::string& name, std::size_t rows,
                                              std::size_t columns) const {
    return {reinterpret_cast<const std::int8_t*>(tensor(name, true, rows, columns).data), rows * columns};
}

std::vector<float> WeightFile::f32(const std::string& name, std::size_t rows, std::size_t columns) const {
    std::vector<float> values(rows * columns);
    std::memcpy(values.data(), tensor(name, false, rows, columns).data, values.size() * sizeof(float));
    return values;
}

std::size_t WeightFile::rows(const std::string& name) const {
    const auto found = tensors_.find(name);
    return found == tensors_.end() ? 0 : found->second.rows;
}

Labels read_labels(const WeightFile& weights) {
    Labels labels;
    try {
        const json::Value config = json::parse(weights.config(), weights.path());
        const auto list = [&](std::string_view key) {
            std::vector<std::string> names;
            for (const json::Value& value : config.array_at(key)) {
                if (value.string() == nullptr) throw FormatError(weights.path(), "a label that is no string");
                names.push_back(*value.string());
            }
            if (names.empty()) throw FormatError(weights.path(), "no labels under " + std::string(key));
            return names;
        };
        labels.upos = list("upos");
        labels.xpos = list("xpos");
        labels.feats = list("feats");
        labels.lemma = list("lemma");
        labels.ner = list("ner");
        labels.predicate = list("predicate");
        labels.deprel = list("deprel");
        labels.roles = list("roles");
        labels.casing = list("casing").size();
    } catch (const FormatError&) {
        throw;
    } catch (const Error& broken) {
        throw FormatError(weights.path(), broken.what());
    }
    if (labels.predicate.size() != 2)
        throw FormatError(weights.path(), "the predicate head must have two labels");
    if (labels.casing != 16) throw FormatError(weights.path(), "expected 16 casing classes");
    return labels;
}

}  // namespace relata::ingest
