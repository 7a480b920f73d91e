// SPDX-License-Identifier: Apache-2.0
// The trained weights and labels as they lie in model/ (model/FORMAT.md). The file is mapped into memory:
// embedding rows are read where they lie, so only what is used is loaded. Immutable after loading.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace relata::ingest {

// The tensors of one safetensors file.
class WeightFile {
  public:
    // Throws IoError or FormatError (not a safetensors file, another format or version, cut off).
    explicit WeightFile(const std::filesystem::path& path);
    ~WeightFile();
    WeightFile(const WeightFile&) = delete;
    WeightFile& operator=(const WeightFile&) = delete;

    // Both throw FormatError when the tensor is missing or has another type or shape.
    std::span<const std::int8_t> int8(const std::string& name, std::size_t rows, std::size_t columns) const;
    std::vector<float> f32(const std::string& name, std::size_t rows, std::size_t columns = 1) const;

    // Rows of the tensor `name`, 0 when there is none.
    std::size_t rows(const std::string& name) const;
    const std::string& config() const { return config_; }  // JSON text
    const std::string& path() const { return path_; }

  private:
    struct Tensor {
        bool is_int8 = false;
        std::size_t rows = 0, columns = 1;
        const unsigned char* data = nullptr;
    };
    const Tensor& tensor(const std::string& name, bool is_int8, std::size_t rows, std::size_t columns) const;
    void read_header();

    std::string path_;
    const unsigned char* data_ = nullptr;
    std::size_t size_ = 0;
    std::unordered_map<std::string, Tensor> tensors_;
    std::string config_;
};

// The label lists of the heads, in the order of their rows.
struct Labels {
    std::vector<std::string> upos, xpos, feats, lemma, ner, predicate, deprel, roles;
    std::size_t casing = 0;  // number of casing classes
    std::size_t tags() const {
        return upos.size() + xpos.size() + feats.size() + lemma.size() + ner.size() + predicate.size();
    }
};
// Throws FormatError.
Labels read_labels(const WeightFile& weights);

}  // namespace relata::ingest
