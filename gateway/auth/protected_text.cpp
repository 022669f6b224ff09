#include "auth/protected_text.hpp"

#include <sodium.h>

#include <algorithm>
#include <memory_resource>
#include <new>
#include <stdexcept>
#include <utility>

namespace bookgate::auth {
namespace {

/// Whole pages from libsodium.
class LockedPages final : public std::pmr::memory_resource {
  void* do_allocate(std::size_t bytes, std::size_t alignment) override {
    // libsodium puts the end at a page's end, so the beginning is aligned if the size is.
    void* const pages = sodium_malloc((bytes + alignment - 1) / alignment * alignment);
    if (pages == nullptr) throw std::bad_alloc();
    return pages;
  }
  void do_deallocate(void* pages, std::size_t, std::size_t) override { sodium_free(pages); }
  bool do_is_equal(const memory_resource& other) const noexcept override { return this == &other; }
};

/// Many secrets share the pages of one: each page for itself costs the kernel several mappings, of
/// which a process may have 65,530, and a piece of the little memory that it may lock. Never
/// unmade, because secrets may outlive any other static object.
std::pmr::memory_resource& Pool() {
  static std::pmr::memory_resource* const pool = [] {
    if (sodium_init() < 0) throw std::runtime_error("libsodium cannot be initialised");
    static auto* const pages = new LockedPages;
    return new std::pmr::synchronized_pool_resource(pages);
  }();
  return *pool;
}

}  // namespace

ProtectedText::ProtectedText(std::size_t size) : size_(size) {
  if (size == 0) return;
  data_ = static_cast<char*>(Pool().allocate(size));
  std::fill_n(data_, size, '\0');
}

ProtectedText::ProtectedText(std::string_view text) : ProtectedText(text.size()) {
  std::copy(text.begin(), text.end(), data_);
}

ProtectedText::ProtectedText(ProtectedText&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

ProtectedText& ProtectedText::operator=(ProtectedText&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  return *this;
}

ProtectedText::~ProtectedText() {
  if (size_ == 0) return;
  sodium_memzero(data_, size_);
  Pool().deallocate(data_, size_);
}

}  // namespace bookgate::auth
