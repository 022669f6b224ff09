bookgate_add_room(admin bookgate_provider bookgate_intake bookgate_observe bookgate_config)

# The page is part of the program: no file of it can be missing or of another version.
set(web_folder ${CMAKE_CURRENT_LIST_DIR}/web)
file(GLOB_RECURSE web_files CONFIGURE_DEPENDS ${web_folder}/*)
set(embedded_web ${CMAKE_CURRENT_BINARY_DIR}/admin-generated/embedded_web.hpp)
add_custom_command(
  OUTPUT ${embedded_web}
  COMMAND ${CMAKE_COMMAND} -D FOLDER=${web_folder} -D OUTPUT=${embedded_web} -P
          ${CMAKE_CURRENT_LIST_DIR}/embed_web.cmake
  DEPENDS ${web_files} ${CMAKE_CURRENT_LIST_DIR}/embed_web.cmake
  COMMENT "Embedding the settings page")
target_sources(bookgate_admin PRIVATE ${embedded_web})
target_include_directories(bookgate_admin PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/admin-generated)
