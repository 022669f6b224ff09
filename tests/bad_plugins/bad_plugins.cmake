# One tiny library a fault, named after it, in ${PROJECT_BINARY_DIR}/bad_plugins.
include_guard(GLOBAL)
file(GLOB bad_plugin_sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/*.c
     ${CMAKE_CURRENT_LIST_DIR}/*.cpp)
add_custom_target(bad_plugins)
foreach(source ${bad_plugin_sources})
  get_filename_component(name ${source} NAME_WE)
  add_library(bad_plugin_${name} MODULE ${source})
  target_include_directories(bad_plugin_${name} PRIVATE ${PROJECT_SOURCE_DIR}/sdk/include)
  target_link_libraries(bad_plugin_${name} PRIVATE bookgate_warnings)
  set_target_properties(
    bad_plugin_${name} PROPERTIES PREFIX "" OUTPUT_NAME ${name} C_STANDARD 99 C_EXTENSIONS OFF
                                  LIBRARY_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bad_plugins)
  # The gateway refuses what a group may write to, which some people's umask lets it.
  add_custom_command(TARGET bad_plugin_${name} POST_BUILD
                     COMMAND chmod go-w $<TARGET_FILE:bad_plugin_${name}> VERBATIM)
  add_dependencies(bad_plugins bad_plugin_${name})
endforeach()
