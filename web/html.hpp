// SPDX-License-Identifier: Apache-2.0
// Html: a fragment of HTML that is safe by construction. Markup comes from literals of our own source only
// (checked while compiling: a run-time string is no markup); every argument that fills a "{}" is escaped
// text unless it is itself Html. So a hostile name can be shown anywhere in an element or a quoted attribute
// and stays text. Links to foreign addresses go through external_link().
#pragma once

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>

namespace relata::web {

// A literal with `Arguments` places "{}". An unquoted attribute (name={}) does not compile.
template <std::size_t Arguments>
class Markup {
  public:
    consteval Markup(const char* literal) : text_(literal) {
        std::size_t places = 0;
        bool in_tag = false;
        bool in_quotes = false;
        for (std::size_t at = 0; at < text_.size(); ++at) {
            if (text_[at] == '"' && in_tag)
                in_quotes = !in_quotes;
            else if (text_[at] == '<')
                in_tag = true;
            else if (text_[at] == '>' && !in_quotes)
                in_tag = false;
            if (text_.substr(at, 2) != "{}") continue;
            if (in_tag && !in_quotes && text_[at - 1] == '=') throw "a place in an attribute needs quotes";
            ++places;
        }
        if (places != Arguments) throw "as many arguments as places {}";
    }
    constexpr std::string_view text() const { return text_; }

  private:
    std::string_view text_;
};

class Html {
  public:
    Html() = default;

    template <class... Args>
    Html& add(Markup<sizeof...(Args)> markup, const Args&... args) {
        std::string_view rest = markup.text();
        (fill(rest, args), ...);
        bytes_ += rest;
        return *this;
    }
    Html& add(const Html& other) {
        bytes_ += other.bytes_;
        return *this;
    }
    // Escaped text. Control characters become visible pictures and bidirectional overrides a note such as
    // "[U+202E]", so that a name cannot reorder what stands around it (Unicode TR36, section 2.10).
    Html& text(std::string_view words);

    bool empty() const { return bytes_.empty(); }
    const std::string& bytes() const& { return bytes_; }
    std::string bytes() && { return std::move(bytes_); }

  private:
    template <class Arg>
    void fill(std::string_view& rest, const Arg& arg) {
        const std::size_t place = rest.find("{}");
        bytes_ += rest.substr(0, place);
        rest.remove_prefix(place + 2);
        if constexpr (std::same_as<Arg, Html>) {
            bytes_ += arg.bytes_;
        } else if constexpr (std::integral<Arg> && !std::same_as<Arg, bool> && !std::same_as<Arg, char>) {
            bytes_ += std::to_string(arg);
        } else {
            static_assert(std::convertible_to<const Arg&, std::string_view>);
            text(arg);
        }
    }

    std::string bytes_;
};

template <class... Args>
Html html(Markup<sizeof...(Args)> markup, const Args&... args) {
    Html fragment;
    fragment.add(markup, args...);
    return fragment;
}

// The text escaped for an element or a quoted attribute.
std::string escape(std::string_view words);

// A link that leaves the page for http(s) addresses; any other address (javascript:, file:, …) stays text.
Html external_link(std::string_view address, std::string_view words);

// "1 234 567": groups of three parted by narrow no-break spaces.
std::string grouped(std::size_t number);
// "1 fact", "2 facts"; the plural is the singular with an s unless given.
std::string counted(std::size_t number, std::string_view singular, std::string_view plural = {});
// Two decimals: "0.93".
std::string decimal(double number);

}  // namespace relata::web
