/// \file sections.hpp
/// One function a section of bookgate.toml: each reads its table into typed settings.
#pragma once

#include "config/named_files.hpp"
#include "config/settings.hpp"
#include "config/table_reader.hpp"

namespace bookgate::config {

void ReadServer(TableReader table, const NamedFiles& files, ServerSettings& into);
void ReadDatabase(TableReader table, const NamedFiles& files, DatabaseSettings& into);
void ReadSecurity(TableReader table, const NamedFiles& files, SecuritySettings& into);
void ReadSpool(TableReader table, const NamedFiles& files, SpoolSettings& into);
void ReadDeliveries(TableReader table, DeliveriesSettings& into);
void ReadLookups(TableReader table, LookupsSettings& into);
void ReadLimits(TableReader table, LimitsSettings& into);
void ReadLog(TableReader table, LogSettings& into);
void ReadPlugins(TableReader table, const NamedFiles& files, PluginsSettings& into);

}  // namespace bookgate::config
