#include "store/contact_step.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "booking/fold.hpp"
#include "store/key_list.hpp"
#include "store/statement_builder.hpp"

namespace bookgate::store {
namespace {

/// An org and what a contact is found by in it.
using ContactKey = std::pair<std::int64_t, std::string>;

std::string KeyOf(const model::BookingEvent& event) {
  if (!event.email_key.empty()) return "e:" + event.email_key;
  return event.phone_key.empty() ? std::string() : "p:" + event.phone_key;
}

struct Contact {
  std::int64_t id = 0;
  bool has_name = false;
  bool has_phone = false;
  std::string created_by;
};

/// The first slot of each key: what a new contact is made of.
using Candidates = std::map<ContactKey, const Slot*>;

void InsertMissing(Connection& connection, const Batch& batch, const Candidates& candidates) {
  const base::Instant now = base::SystemNow();
  StatementBuilder insert(
      "INSERT INTO contacts (OrgID, ContactKey, Email, Name, NameKey, Phone, PhoneKey, "
      "IsCustomer, CreatedBy, CreatedAt) VALUES ");
  for (const auto& [key, slot] : candidates) {
    const model::BookingEvent& event = *slot->event;
    insert.OpenRow().Add(key.first).Add(key.second).AddTextOrNull(event.customer_email);
    insert.AddTextOrNull(event.customer_name);
    insert.AddTextOrNull(booking::FoldCase(event.customer_name));
    insert.AddTextOrNull(event.customer_phone).AddTextOrNull(event.phone_key);
    insert.Add(std::int64_t{1}).Add(batch.DeliveryOf(*slot).id).Add(now).CloseRow();
  }
  // Leaves a row that is there as it is, but locks it for this transaction at once: INSERT IGNORE
  // would share the lock, and two writers that want to fill in a name would wait for each other.
  connection.ExecuteBuilt(insert.Sql(" ON DUPLICATE KEY UPDATE ContactID = ContactID").text());
}

std::map<ContactKey, Contact> ReadContacts(Connection& connection, const Candidates& candidates) {
  std::map<std::int64_t, std::vector<std::string_view>> keys;
  for (const auto& [key, slot] : candidates) keys[key.first].push_back(key.second);
  StatementBuilder select(
      "SELECT OrgID, ContactKey, ContactID, Name IS NOT NULL, Phone IS NOT NULL, CreatedBy "
      "FROM contacts FORCE INDEX (ContactKey) WHERE ");
  AddKeyList(select, "ContactKey", keys);
  std::map<ContactKey, Contact> contacts;
  for (const Row& row : connection.QueryBuilt(select.text())) {
    contacts[{row.Integer(0), row.Text(1)}] = {row.Integer(2), row.Integer(3) != 0,
                                               row.Integer(4) != 0, row.Text(5)};
  }
  return contacts;
}

/// Empty fields are filled; what is there is never overwritten, not even by another writer's.
void FillIn(Connection& connection, const Slot& slot, Contact& contact) {
  const model::BookingEvent& event = *slot.event;
  const bool name = !contact.has_name && !event.customer_name.empty();
  const bool phone = !contact.has_phone && !event.customer_phone.empty();
  if (name) {
    connection.Execute(
        "UPDATE contacts SET Name = ?, NameKey = ? "
        "WHERE OrgID = ? AND ContactID = ? AND Name IS NULL",
        {event.customer_name, booking::FoldCase(event.customer_name), slot.org_id, contact.id});
  }
  if (phone) {
    connection.Execute(
        "UPDATE contacts SET Phone = ?, PhoneKey = ? "
        "WHERE OrgID = ? AND ContactID = ? AND Phone IS NULL",
        {event.customer_phone, TextOrNull(event.phone_key), slot.org_id, contact.id});
  }
  contact.has_name |= name;
  contact.has_phone |= phone;
}

/// Whoever booked by telephone only is the org's oldest contact with that number, whatever key it
/// has. Sets contact_id of the slots where there is one, and gives it a name where it had none.
void FindByPhone(Connection& connection, std::vector<Slot*>& slots) {
  std::map<std::int64_t, std::vector<std::string_view>> phones;
  for (const Slot* slot : slots) phones[slot->org_id].push_back(slot->event->phone_key);
  StatementBuilder select(
      "SELECT OrgID, PhoneKey, MIN(ContactID) FROM contacts FORCE INDEX (PhoneKey) WHERE ");
  AddKeyList(select, "PhoneKey", phones);
  std::map<ContactKey, std::int64_t> found;
  for (const Row& row : connection.QueryBuilt(select.Sql(" GROUP BY OrgID, PhoneKey").text())) {
    found[{row.Integer(0), row.Text(1)}] = row.Integer(2);
  }
  for (Slot* slot : slots) {
    const auto contact = found.find({slot->org_id, slot->event->phone_key});
    if (contact == found.end()) continue;
    slot->contact_id = contact->second;
    // Whether there is a name was not read: the statement itself looks.
    Contact known{contact->second, /*has_name=*/false, /*has_phone=*/true, {}};
    FillIn(connection, *slot, known);
  }
}

/// By the contacts' own keys. Sets contact_id and contact_created of the slots.
void FindOrMake(Connection& connection, const Batch& batch, const std::vector<Slot*>& slots) {
  if (slots.empty()) return;
  Candidates candidates;
  for (const Slot* slot : slots) {
    candidates.try_emplace({slot->org_id, KeyOf(*slot->event)}, slot);
  }
  InsertMissing(connection, batch, candidates);
  std::map<ContactKey, Contact> contacts = ReadContacts(connection, candidates);
  for (Slot* slot : slots) {
    Contact& contact = contacts.at({slot->org_id, KeyOf(*slot->event)});
    slot->contact_id = contact.id;
    slot->contact_created = contact.created_by == batch.DeliveryOf(*slot).id.AsBytes();
    FillIn(connection, *slot, contact);
  }
}

}  // namespace

void WriteContacts(Connection& connection, Batch& batch) {
  std::vector<Slot*> by_email;
  std::vector<Slot*> by_phone;
  for (Slot& slot : batch.slots) {
    if (!slot.event->names_customer()) continue;
    (slot.event->email_key.empty() ? by_phone : by_email).push_back(&slot);
  }
  // By email first: somebody of this batch may have booked by telephone only, too.
  FindOrMake(connection, batch, by_email);
  if (by_phone.empty()) return;
  FindByPhone(connection, by_phone);
  std::erase_if(by_phone, [](const Slot* slot) { return slot->contact_id != 0; });
  FindOrMake(connection, batch, by_phone);
}

void WriteReferrers(Connection& connection, const Batch& batch) {
  std::set<std::int64_t> done;
  for (const Slot& slot : batch.slots) {
    const std::string& referrer = slot.event->referred_by;
    if (!slot.contact_created || referrer.empty() || !done.insert(slot.contact_id).second) continue;
    const std::string key = booking::FoldCase(referrer);
    const std::vector<Row> matches = connection.Query(
        "SELECT ContactID FROM contacts WHERE OrgID = ? AND ContactKey = ? AND ContactID <> ? "
        "UNION SELECT ContactID FROM contacts WHERE OrgID = ? AND NameKey = ? AND ContactID <> ? "
        "LIMIT 2",
        {slot.org_id, "e:" + key, slot.contact_id, slot.org_id, key, slot.contact_id});
    const Parameter related =
        matches.size() == 1 ? Parameter(matches.front().Integer(0)) : Parameter(nullptr);
    // A replay of the delivery that made the contact finds the relationship there.
    connection.Execute(
        "INSERT INTO contact_relationships "
        "(OrgID, ContactID, RelationshipType, RelatedContactID, RelatedName, CreatedAt) "
        "SELECT OrgID, ContactID, 'Referrer', ?, ?, ? FROM contacts c "
        "WHERE c.OrgID = ? AND c.ContactID = ? AND NOT EXISTS (SELECT 1 "
        "FROM contact_relationships r WHERE r.OrgID = c.OrgID AND r.ContactID = c.ContactID "
        "AND r.RelationshipType = 'Referrer')",
        {related, referrer, base::SystemNow(), slot.org_id, slot.contact_id});
  }
}

}  // namespace bookgate::store
