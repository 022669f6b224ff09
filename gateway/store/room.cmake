find_path(MYSQLCPPCONN_INCLUDE_DIR mysql_connection.h REQUIRED)
find_library(MYSQLCPPCONN_LIBRARY mysqlcppconn REQUIRED)
bookgate_add_room(store bookgate_booking bookgate_config bookgate_auth)
# PRIVATE: no other room sees a header of the connector through this one.
target_include_directories(bookgate_store SYSTEM PRIVATE ${MYSQLCPPCONN_INCLUDE_DIR})
target_link_libraries(bookgate_store PRIVATE ${MYSQLCPPCONN_LIBRARY} Boost::headers)

# The migrations are part of the program, so that a gateway knows which schema it was built for.
file(GLOB migrations CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/schemas/mysql/[0-9]*.sql)
list(SORT migrations)
set(migration_entries "")
foreach(file ${migrations})
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
  get_filename_component(name ${file} NAME_WE)
  file(READ ${file} text)
  string(APPEND migration_entries "    {\"${name}\", R\"bookgate_sql(${text})bookgate_sql\"},\n")
endforeach()
configure_file(${CMAKE_CURRENT_LIST_DIR}/embedded_migrations.hpp.in
               ${CMAKE_CURRENT_BINARY_DIR}/store-generated/embedded_migrations.hpp @ONLY)
target_include_directories(bookgate_store PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/store-generated)
