/// \file unique_function.hpp
/// A std::function that can hold what cannot be copied, such as the right to answer a request.
#pragma once

#include <memory>
#include <type_traits>
#include <utility>

namespace bookgate::base {

template <class Signature>
class UniqueFunction;

/// Move-only. Calling an empty one is a bug and undefined.
template <class Return, class... Arguments>
class UniqueFunction<Return(Arguments...)> {
 public:
  UniqueFunction() = default;

  template <class Callable>
  requires(!std::is_same_v<std::decay_t<Callable>, UniqueFunction> &&
           std::is_invocable_r_v<Return, std::decay_t<Callable>&, Arguments...>)
      UniqueFunction(Callable&& callable)  // NOLINT(google-explicit-constructor)
      : target_(
            std::make_unique<Holder<std::decay_t<Callable>>>(std::forward<Callable>(callable))) {}

  explicit operator bool() const { return target_ != nullptr; }
  Return operator()(Arguments... arguments) {
    return target_->Call(std::forward<Arguments>(arguments)...);
  }

 private:
  struct Target {
    virtual ~Target() = default;
    virtual Return Call(Arguments... arguments) = 0;
  };
  template <class Callable>
  struct Holder final : Target {
    template <class From>
    explicit Holder(From&& from) : callable(std::forward<From>(from)) {}
    Return Call(Arguments... arguments) override {
      return callable(std::forward<Arguments>(arguments)...);
    }
    Callable callable;
  };

  std::unique_ptr<Target> target_;
};

}  // namespace bookgate::base
