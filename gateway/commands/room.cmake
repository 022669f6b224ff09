find_package(CLI11 REQUIRED)
bookgate_add_room(commands bookgate_admin bookgate_provider bookgate_intake bookgate_observe bookgate_config CLI11::CLI11)
target_compile_definitions(bookgate_commands PRIVATE BOOKGATE_VERSION="${PROJECT_VERSION}")

add_executable(bookgate ${CMAKE_CURRENT_SOURCE_DIR}/main.cpp)
target_link_libraries(bookgate PRIVATE bookgate_commands bookgate_warnings)
# In the build folder's root, where scripts and people look for it.
set_target_properties(bookgate PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR})
