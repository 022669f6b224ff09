// Secrets of providers: sealed for one place, opened there and nowhere else.
#include <doctest/doctest.h>

#include <thread>

#include "auth/directory.hpp"
#include "auth/sealing.hpp"

namespace {

using namespace bookgate;
using auth::ProviderSecretKind;

const std::vector<std::uint8_t> kMasterKey(32, 7);
const auth::SealedPlace kPlace{"abcdefgh12345678", "calendly", ProviderSecretKind::kSigningKey};

std::string Opened(const auth::Sealer& sealer, std::string_view sealed,
                   const auth::SealedPlace& place = kPlace) {
  const std::optional<auth::ProtectedText> value = sealer.Open(sealed, place);
  return value ? std::string(value->view()) : "(closed)";
}

}  // namespace

TEST_CASE("what is sealed opens, and is never the same twice") {
  const auth::Sealer sealer(kMasterKey);
  for (const std::string& value :
       {std::string("secret"), std::string(), std::string(4096, 'x'), std::string("\0\xFF", 2)}) {
    const std::string sealed = sealer.Seal(value, kPlace);
    CHECK(sealed.size() == value.size() + 41);
    CHECK(Opened(sealer, sealed) == value);
    CHECK(Opened(auth::Sealer(kMasterKey), sealed) == value);
    CHECK(sealer.Seal(value, kPlace) != sealed);
    if (value.size() > 1) CHECK(sealed.find(value) == std::string::npos);
  }
}

TEST_CASE("it opens with no other master key and in no other place") {
  const auth::Sealer sealer(kMasterKey);
  const std::string sealed = sealer.Seal("secret", kPlace);
  CHECK(Opened(auth::Sealer(std::vector<std::uint8_t>(32, 8)), sealed) == "(closed)");
  const auto in = [&](std::string_view org, std::string_view provider, ProviderSecretKind kind) {
    return Opened(sealer, sealed, {org, provider, kind});
  };
  CHECK(in("abcdefgh12345679", "calendly", ProviderSecretKind::kSigningKey) == "(closed)");
  CHECK(in("abcdefgh12345678", "calcom", ProviderSecretKind::kSigningKey) == "(closed)");
  CHECK(in("abcdefgh12345678", "calendly", ProviderSecretKind::kCredential) == "(closed)");
  // The same letters, divided otherwise.
  CHECK(in("abcdefgh1234567", "8calendly", ProviderSecretKind::kSigningKey) == "(closed)");
  CHECK(in("abcdefgh12345678", "calendly", ProviderSecretKind::kSigningKey) == "secret");
}

TEST_CASE("no bit of it can be changed, and nothing cut off") {
  const auth::Sealer sealer(kMasterKey);
  const std::string sealed = sealer.Seal("secret", kPlace);
  for (std::size_t i = 0; i < sealed.size() * 8; ++i) {
    std::string changed = sealed;
    changed[i / 8] = static_cast<char>(changed[i / 8] ^ (1 << (i % 8)));
    CHECK_FALSE(sealer.Open(changed, kPlace));
  }
  for (std::size_t size = 0; size < sealed.size(); ++size) {
    CHECK_FALSE(sealer.Open(sealed.substr(0, size), kPlace));
  }
  CHECK_FALSE(sealer.Open(sealed + "x", kPlace));
}

TEST_CASE("a hint tells no more than a quarter") {
  CHECK(auth::ProviderSecretHint("whsec_MfKQ9r8GKYqrTwjUPD8I") == "PD8I");
  CHECK(auth::ProviderSecretHint("0123456789abcdef") == "cdef");
  CHECK(auth::ProviderSecretHint("cal-secret") == "et");
  CHECK(auth::ProviderSecretHint("abc").empty());
  CHECK(auth::ProviderSecretHint("").empty());
  // Half a letter would be no UTF-8.
  CHECK(auth::ProviderSecretHint("Schl\xC3\xBCsselbr\xC3\xBC\xC3\xBC\x65") == "\xC3\xBC\x65");
}

TEST_CASE("protected text moves, and many of them fit") {
  auth::ProtectedText text("secret");
  auth::ProtectedText moved = std::move(text);
  CHECK(moved.view() == "secret");
  CHECK(auth::ProtectedText().empty());
  CHECK(auth::ProtectedText("").view().empty());
  // Far more than a process may have mappings, if each took pages of its own.
  constexpr int kMany = 40'000;
  std::vector<auth::ProtectedText> many;
  many.reserve(kMany);
  for (int i = 0; i < kMany; ++i) many.emplace_back(std::to_string(i));
  CHECK(many.front().view() == "0");
  CHECK(many.back().view() == "39999");
  moved = auth::ProtectedText("another");
  CHECK(moved.view() == "another");
  std::thread([&] { many.clear(); }).join();
}

TEST_CASE("the previous signing key is valid until it expires, and not a moment longer") {
  const base::Instant end{std::chrono::seconds(1'800'000'000)};
  auth::SigningKeys keys;
  CHECK(keys.ValidAt(end).empty());
  keys.current = auth::ProtectedText("new");
  keys.previous = auth::ProtectedText("old");
  keys.previous_expires_at = end;
  CHECK(keys.ValidAt(end - std::chrono::microseconds(1)) ==
        std::vector<std::string_view>{"new", "old"});
  CHECK(keys.ValidAt(end) == std::vector<std::string_view>{"new"});
}

TEST_CASE("keys in the directory are replaced, and whoever works with the old ones keeps them") {
  const auto entry = [](std::uint64_t version, std::string_view key) {
    model::Org org;
    org.public_id = "abcdefgh12345678";
    org.version = version;
    auth::OrgEntry with_keys(std::move(org));
    auto keys = std::make_shared<auth::SigningKeys>();
    keys->current = auth::ProtectedText(key);
    with_keys.signing_keys.emplace("calendly", std::move(keys));
    return with_keys;
  };
  auth::Directory directory;
  directory.Update({entry(5, "one")});
  const std::shared_ptr<const auth::OrgEntry> held = directory.Find("abcdefgh12345678");
  directory.Update({entry(6, "two")});
  directory.Update({entry(4, "older")});
  REQUIRE(held->KeysOf("calendly") != nullptr);
  CHECK(held->KeysOf("calendly")->current.view() == "one");
  CHECK(held->KeysOf("calcom") == nullptr);
  CHECK(directory.Find("abcdefgh12345678")->KeysOf("calendly")->current.view() == "two");
}
