// A translator that is right, and with one macro at a time defined, one that is wrong and must not
// compile. must_not_compile.sh tries them all.
#include <bookgate/translator.hpp>

#if defined(MANIFEST_IS_MISSING)
struct Acme {
  static bookgate::Decision Step(const bookgate::StepInput&) { return bookgate::Ignore{"ping"}; }
};
#elif defined(STEP_IS_MISSING)
struct Acme {
  static constexpr std::string_view kManifest = "{}";
};
#elif defined(STEP_IS_NOT_STATIC)
struct Acme {
  static constexpr std::string_view kManifest = "{}";
  bookgate::Decision Step(const bookgate::StepInput&) { return bookgate::Ignore{"ping"}; }
};
#elif defined(STEP_RETURNS_TEXT)
struct Acme {
  static constexpr std::string_view kManifest = "{}";
  static std::string Step(const bookgate::StepInput&) { return "{}"; }
};
#elif defined(STEP_RETURNS_ONE_ALTERNATIVE)
struct Acme {
  static constexpr std::string_view kManifest = "{}";
  static bookgate::Ignore Step(const bookgate::StepInput&) { return {"ping"}; }
};
#elif defined(STEP_CHANGES_ITS_INPUT)
struct Acme {
  static constexpr std::string_view kManifest = "{}";
  static bookgate::Decision Step(bookgate::StepInput&) { return bookgate::Ignore{"ping"}; }
};
#else
struct Acme {
  static constexpr std::string_view kManifest = "{}";
  static bookgate::Decision Step(const bookgate::StepInput&) { return bookgate::Ignore{"ping"}; }
};
#endif

BKG_TRANSLATOR(Acme)
