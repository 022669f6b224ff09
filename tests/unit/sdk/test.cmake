bookgate_add_test_program(unit sdk bookgate_sdk)

add_test(NAME unit_sdk_misuse COMMAND ${CMAKE_CURRENT_LIST_DIR}/misuse/must_not_compile.sh
                                      ${CMAKE_CXX_COMPILER} ${PROJECT_SOURCE_DIR}/sdk/include)
