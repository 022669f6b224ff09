// The one file that knows Boost.DLL.
#include "translate/library.hpp"

#define BOOST_DLL_USE_STD_FS
#include <boost/dll/shared_library.hpp>

#include <cstddef>
#include <exception>
#include <map>
#include <mutex>
#include <utility>

namespace bookgate::translate {
namespace {

namespace dll = boost::dll;

constexpr char kEntry[] = "bkg_translator_entry_v1";
constexpr int kOldestOtherMajor = 2;
constexpr int kNewestOtherMajor = 9;

/// bkg_translator_v1 as minor version 0 has it: the least that any library must give.
constexpr std::size_t kLeastStructSize =
    offsetof(bkg_translator_v1, step) + sizeof(bkg_translator_v1::step);

/// A library with the file that it was loaded from.
///
/// The descriptor stays open as long as the library is loaded. The dynamic linker remembers
/// libraries by the names they were opened under, so a second library that came by under the same
/// /proc/self/fd/N would be taken for the first one.
struct LoadedLibrary {
  PluginFile file;
  dll::shared_library handle;
};

using Libraries = std::map<FileIdentity, LoadedLibrary>;

/// Leaked on purpose: destroying it at exit would unload libraries while other static objects and
/// threads may still be in them.
Libraries& LoadedLibraries() {
  static Libraries& libraries = *new Libraries;
  return libraries;
}

/// Loads the file unless it is loaded already.
std::variant<const LoadedLibrary*, LibraryProblem> Load(PluginFile file) {
  static std::mutex mutex;
  const std::lock_guard lock(mutex);
  Libraries& libraries = LoadedLibraries();
  const auto known = libraries.find(file.identity);
  if (known != libraries.end()) {
    if (known->second.file.sha256 == file.sha256) return &known->second;
    return LibraryProblem{"replaced_in_place",
                          file.path +
                              " was overwritten while it was loaded. Restart the gateway, "
                              "and install upgrades by renaming a new file over the old."};
  }
  const std::string path = "/proc/self/fd/" + std::to_string(file.descriptor.number());
  dll::shared_library handle;
  try {
    handle.load(path, dll::load_mode::rtld_now | dll::load_mode::rtld_local);
  } catch (const std::exception& error) {
    // The linker's own words are in there, such as which symbol is missing.
    return LibraryProblem{"load_failed", file.path + " cannot be loaded: " + error.what()};
  }
  const FileIdentity identity = file.identity;
  return &libraries.emplace(identity, LoadedLibrary{std::move(file), std::move(handle)})
              .first->second;
}

LibraryProblem WithoutEntry(const LoadedLibrary& library) {
  for (int major = kOldestOtherMajor; major <= kNewestOtherMajor; ++major) {
    const std::string symbol = "bkg_translator_entry_v" + std::to_string(major);
    if (library.handle.has(symbol)) {
      return {"other_major", library.file.path + " is built for major version " +
                                 std::to_string(major) + " of the translator ABI (" + symbol +
                                 "); this gateway offers major version 1. Upgrade the gateway, or "
                                 "use a build for version 1."};
    }
  }
  return {"no_entry", library.file.path + " is no translator: it has no symbol " + kEntry + "."};
}

std::variant<const bkg_translator_v1*, LibraryProblem> CallEntry(const LoadedLibrary& library) {
  const bkg_translator_v1* translator = nullptr;
  try {
    translator = library.handle.get<const bkg_translator_v1*()>(kEntry)();
  } catch (...) {
    return LibraryProblem{"entry_throws",
                          std::string(kEntry) + " let an exception out; it must only return."};
  }
  if (translator != nullptr) return translator;
  return LibraryProblem{"entry_returns_null", std::string(kEntry) + " returned NULL."};
}

/// nullopt if the struct is sane. Its size is looked at before anything else of it.
std::optional<LibraryProblem> StructProblem(const bkg_translator_v1& translator) {
  if (translator.struct_size < kLeastStructSize) {
    return LibraryProblem{"short_struct", "Its bkg_translator_v1 has " +
                                              std::to_string(translator.struct_size) +
                                              " bytes; at least " +
                                              std::to_string(kLeastStructSize) + " are needed."};
  }
  if (translator.step == nullptr) return LibraryProblem{"null_step", "Its step is NULL."};
  if (translator.target_minor > BKG_ABI_MINOR) {
    return LibraryProblem{"newer_minor", "It is built for " + AbiVersion(translator.target_minor) +
                                             ", this gateway offers " + AbiVersion(BKG_ABI_MINOR) +
                                             ": upgrade the gateway, or rebuild the translator "
                                             "with BKG_TARGET_MINOR=" +
                                             std::to_string(BKG_ABI_MINOR) + "."};
  }
  if (translator.manifest.data == nullptr) {
    return LibraryProblem{"manifest_missing", "Its manifest is NULL."};
  }
  return std::nullopt;
}

}  // namespace

std::string AbiVersion(std::uint32_t minor) {
  return "1." + std::to_string(minor);
}

std::variant<const bkg_translator_v1*, LibraryProblem> LoadTranslator(PluginFile file) {
  auto loaded = Load(std::move(file));
  if (auto* problem = std::get_if<LibraryProblem>(&loaded)) return std::move(*problem);
  const LoadedLibrary& library = *std::get<const LoadedLibrary*>(loaded);
  if (!library.handle.has(kEntry)) return WithoutEntry(library);
  auto entry = CallEntry(library);
  if (auto* translator = std::get_if<const bkg_translator_v1*>(&entry)) {
    if (std::optional<LibraryProblem> problem = StructProblem(**translator)) return *problem;
  }
  return entry;
}

}  // namespace bookgate::translate
