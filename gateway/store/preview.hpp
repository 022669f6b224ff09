/// \file preview.hpp
/// What writing a delivery would change, without changing it.
#pragma once

#include <string>
#include <vector>

#include "store/booking_writer.hpp"
#include "store/connection.hpp"

namespace bookgate::store {

struct FieldChange {
  std::string field;  ///< The column's name.
  std::string before;
  std::string after;
};

struct Preview {
  Written written;  ///< As if it had been committed.
  /// Of each appointment in it that is there already and would look different.
  std::vector<std::vector<FieldChange>> changes;
};

/// Writes the job and takes it back. Throws DatabaseError.
Preview PreviewJob(Connection& connection, WriteJob& job);

}  // namespace bookgate::store
