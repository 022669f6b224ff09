/// \file observed_translation.hpp
/// A step of a plugin, with its time and failure told to the observer.
#pragma once

#include "intake/observer.hpp"
#include "intake/translation.hpp"

namespace bookgate::intake {

Translation TranslateObserved(const translate::Plugin& plugin, const model::Delivery& delivery,
                              Observer& observer, const Answers& answers = {});

}  // namespace bookgate::intake
