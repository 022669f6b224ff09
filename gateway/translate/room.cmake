bookgate_add_room(translate bookgate_sdk bookgate_model PkgConfig::SODIUM ${CMAKE_DL_LIBS})

# The schema is part of the program, so that a manifest is judged by the rules it was built with.
set(schema ${PROJECT_SOURCE_DIR}/schemas/translator-manifest.json)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${schema})
file(READ ${schema} manifest_schema)
configure_file(${CMAKE_CURRENT_LIST_DIR}/manifest_schema.hpp.in
               ${CMAKE_CURRENT_BINARY_DIR}/translate-generated/manifest_schema.hpp @ONLY)
target_include_directories(bookgate_translate PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/translate-generated)
