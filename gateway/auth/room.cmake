bookgate_add_room(auth bookgate_http bookgate_model bookgate_sdk PkgConfig::SODIUM)
