# ICU folds the case of what is not ASCII; Howard Hinnant's date knows time zones.
pkg_check_modules(ICU REQUIRED IMPORTED_TARGET icu-uc)
find_package(date REQUIRED)
bookgate_add_room(booking bookgate_model bookgate_sdk PkgConfig::ICU date::date-tz)
