include(${CMAKE_CURRENT_LIST_DIR}/../../bad_plugins/bad_plugins.cmake)
bookgate_add_test_program(unit translate bookgate_translate)
add_dependencies(test_unit_translate bad_plugins)
