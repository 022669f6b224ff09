# toml++ is used as headers alone: the library that Debian ships is built with exceptions.
find_path(TOMLPLUSPLUS_INCLUDE_DIR toml++/toml.h REQUIRED)
bookgate_add_room(config bookgate_model)
target_include_directories(bookgate_config SYSTEM PRIVATE ${TOMLPLUSPLUS_INCLUDE_DIR})
