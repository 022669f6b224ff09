add_test(NAME unit_abi_header COMMAND ${CMAKE_CURRENT_LIST_DIR}/compile_header.sh
                                      ${PROJECT_SOURCE_DIR}/sdk/include)

set(translators)
foreach(provider acme generic calendly calcom square acuity)
  if(TARGET bookgate-${provider})
    list(APPEND translators $<TARGET_FILE:bookgate-${provider}>)
  endif()
endforeach()
add_test(NAME unit_abi_exports COMMAND ${CMAKE_CURRENT_LIST_DIR}/exports_entry_only.sh ${CMAKE_NM}
                                       ${translators})
