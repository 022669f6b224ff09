// The checks of a library's file, each with its own sentence. No library is loaded here: the files
// hold a few letters.
#include "translate/plugin_file.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <string>
#include <variant>

#include "unit/translate/support.hpp"

namespace bookgate::translate {
namespace {

namespace fs = std::filesystem;

// SHA-256 of "abc": FIPS 180-2, appendix B.1.
constexpr char kAbcSha256[] = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
constexpr uid_t kSomebody = 54'321;

/// A file that is fit to be loaded, as far as this room's checks go.
struct GoodFile {
  GoodFile() : folder(base.path() / "lib"), path(folder / "plugin.so") {
    fs::create_directory(folder);
    testing::WriteFile(path, "abc");
    chmod(folder.c_str(), 0755);
    chmod(path.c_str(), 0644);
  }
  FileProblem Problem(const std::string& pin = "") const {
    const auto opened = OpenPluginFile(path, pin);
    const auto* problem = std::get_if<FileProblem>(&opened);
    return problem == nullptr ? FileProblem{} : *problem;
  }

  testing::TemporaryFolder base;
  fs::path folder;
  fs::path path;
};

TEST_CASE("a good file is opened and hashed; a sticky folder on the way does no harm") {
  const GoodFile file;
  const auto opened = OpenPluginFile(file.path, "");
  REQUIRE(std::holds_alternative<PluginFile>(opened));
  CHECK(std::get<PluginFile>(opened).sha256 == kAbcSha256);
  CHECK(std::get<PluginFile>(opened).path == file.path);
}

TEST_CASE("a file of exactly one and of more than one block is hashed whole") {
  const GoodFile file;
  for (const std::size_t size : {std::size_t{65'536}, std::size_t{65'537}}) {
    testing::WriteFile(file.path, std::string(size, 'a'));
    const auto opened = OpenPluginFile(file.path, "");
    REQUIRE(std::holds_alternative<PluginFile>(opened));
    // By `head -c SIZE /dev/zero | tr '\0' a | sha256sum`.
    CHECK(std::get<PluginFile>(opened).sha256 ==
          (size == 65'536 ? "bf718b6f653bebc184e1479f1935b8da974d701b893afcf49e701f3e2f9f9c5a"
                          : "008ffc88d3c96a9f307524eb361e47c5222a887fc45fa0c1fb8d429c5c23b430"));
  }
}

TEST_CASE("a relative path is not searched for") {
  const auto opened = OpenPluginFile("libbookgate-calendly.so", "");
  REQUIRE(std::holds_alternative<FileProblem>(opened));
  CHECK(std::get<FileProblem>(opened).code == "path_not_absolute");
  CHECK(std::get<FileProblem>(opened).message ==
        "The library's path \"libbookgate-calendly.so\" is not absolute; no folder is searched.");
}

TEST_CASE("an empty path does not mean the program itself") {
  const auto opened = OpenPluginFile("", "");
  REQUIRE(std::holds_alternative<FileProblem>(opened));
  CHECK(std::get<FileProblem>(opened).code == "path_not_absolute");
}

TEST_CASE("a file that is not there") {
  const GoodFile file;
  fs::remove(file.path);
  CHECK(file.Problem().code == "file_missing");
  CHECK(file.Problem().message == file.path.string() + ": No such file or directory.");
}

TEST_CASE("a folder in the file's place") {
  const GoodFile file;
  fs::remove(file.path);
  fs::create_directory(file.path);
  CHECK(file.Problem().code == "not_a_file");
  CHECK(file.Problem().message == file.path.string() + " is not a regular file.");
}

TEST_CASE("a named pipe in the file's place is not waited for") {
  const GoodFile file;
  fs::remove(file.path);
  REQUIRE(mkfifo(file.path.c_str(), 0600) == 0);
  CHECK(file.Problem().code == "not_a_file");
}

TEST_CASE("a file that its group or everybody may write to") {
  const GoodFile file;
  for (const mode_t mode : {0664u, 0646u}) {
    chmod(file.path.c_str(), mode);
    CHECK(file.Problem().code == "file_writable");
    CHECK(file.Problem().message == "Others may write to " + file.path.string() + " (mode " +
                                        (mode == 0664u ? "0664" : "0646") + "); run: chmod go-w " +
                                        file.path.string());
  }
}

TEST_CASE("a folder that everybody may write to, unless it is sticky") {
  const GoodFile file;
  chmod(file.folder.c_str(), 0777);
  CHECK(file.Problem().code == "folder_writable");
  CHECK(file.Problem().message == "Others may write to the folder " + file.folder.string() +
                                      " (mode 0777); run: chmod go-w " + file.folder.string());
  chmod(file.folder.c_str(), 01777);
  CHECK(file.Problem().code == "");
}

TEST_CASE("a folder higher up counts as well") {
  const GoodFile file;
  chmod(file.base.path().c_str(), 0757);
  CHECK(file.Problem().code == "folder_writable");
}

TEST_CASE("a link to a good file is followed") {
  const GoodFile file;
  fs::create_symlink(file.path, file.folder / "current.so");
  const auto opened = OpenPluginFile(file.folder / "current.so", "");
  CHECK(std::holds_alternative<PluginFile>(opened));
  fs::create_symlink("plugin.so", file.folder / "relative.so");
  CHECK(std::holds_alternative<PluginFile>(OpenPluginFile(file.folder / "relative.so", "")));
}

TEST_CASE("a link that leads through a folder that others may write to") {
  const GoodFile file;
  const fs::path loose = file.base.path() / "loose";
  fs::create_directory(loose);
  chmod(loose.c_str(), 0777);
  // link -> loose/hop -> lib: neither the text of the path nor where it ends names the loose
  // folder.
  fs::create_symlink(file.folder, loose / "hop");
  fs::create_symlink(loose / "hop", file.base.path() / "link");
  const auto opened = OpenPluginFile(file.base.path() / "link" / "plugin.so", "");
  REQUIRE(std::holds_alternative<FileProblem>(opened));
  CHECK(std::get<FileProblem>(opened).code == "folder_writable");
  CHECK(std::get<FileProblem>(opened).message.find(loose.string()) != std::string::npos);
}

TEST_CASE("files and folders of another user" * doctest::skip(geteuid() != 0)) {
  const GoodFile file;
  REQUIRE(chown(file.path.c_str(), kSomebody, 0) == 0);
  CHECK(file.Problem().code == "file_owner");
  CHECK(file.Problem().message == file.path.string() +
                                      " belongs to user 54321; it must belong to root or to the "
                                      "gateway's user.");
  REQUIRE(chown(file.path.c_str(), 0, 0) == 0);
  REQUIRE(chown(file.folder.c_str(), kSomebody, 0) == 0);
  CHECK(file.Problem().code == "folder_writable");
}

TEST_CASE("a folder that a group other than ours may write to" * doctest::skip(geteuid() != 0)) {
  const GoodFile file;
  chmod(file.folder.c_str(), 0775);
  CHECK(file.Problem().code == "");
  REQUIRE(chown(file.folder.c_str(), 0, kSomebody) == 0);
  CHECK(file.Problem().code == "folder_writable");
}

TEST_CASE("a pinned hash") {
  const GoodFile file;
  CHECK(file.Problem(kAbcSha256).code == "");
  const std::string other(64, '0');
  CHECK(file.Problem(other).code == "sha256_mismatch");
  CHECK(file.Problem(other).message == "The configuration pins SHA-256 " + other + ", but " +
                                           file.path.string() + " has " + kAbcSha256 + ".");
}

}  // namespace
}  // namespace bookgate::translate
