// A thread pool and the small types around it.
#include "pool.hpp"

#include <functional>
#include <mutex>
#include <vector>

using namespace std::chrono_literals;

namespace pool {

inline constexpr int kMaxWorkers = 64;

/// Why a task did not run.
enum class Refusal : std::uint8_t {
  Full,
  Stopped,
};

using Task = std::function<void()>;

/// Anything that can be called with nothing.
template <typename F>
concept Runnable = requires(F f) {
  { f() };
};

namespace detail {

/** A counter that many may touch. */
struct Gauge {
  int value = 0;

  /** Adds one on the way in and takes one on the way out. */
  struct Guard {
    explicit Guard(Gauge& gauge) : gauge_(gauge) { ++gauge_.value; }
    ~Guard() { --gauge_.value; }
    Gauge& gauge_;
  };
};

}  // namespace detail

/**
 * Runs tasks on a fixed number of threads.
 *
 * Tasks begin in the order in which they came.
 */
template <typename Clock = std::chrono::steady_clock>
class ThreadPool final : public Executor {
 public:
  explicit ThreadPool(int workers);
  ThreadPool(const ThreadPool&) = delete;
  ~ThreadPool() override { stop(); }

  /// Hands a task over; false when the pool has stopped.
  template <Runnable F>
  bool submit(F&& f) {
    std::lock_guard lock(mutex_);
    if (stopped_) return false;
    tasks_.emplace_back(std::forward<F>(f));
    return true;
  }

  [[nodiscard]] int size() const noexcept { return static_cast<int>(tasks_.size()); }

  ThreadPool& operator+=(Task task) {
    submit(std::move(task));
    return *this;
  }

  void stop();

 private:
  std::mutex mutex_;
  std::vector<Task> tasks_;
  bool stopped_ = false;
};

/// Starts the threads at once.
template <typename Clock>
ThreadPool<Clock>::ThreadPool(int workers) {
  for (int i = 0; i < std::min(workers, kMaxWorkers); ++i) {
    threads_.emplace_back([this] { run(); });
  }
}

// Waits until what runs has ended.
template <typename Clock>
void ThreadPool<Clock>::stop() {
  std::lock_guard lock(mutex_);
  stopped_ = true;
}

bool operator<(const detail::Gauge& a, const detail::Gauge& b) { return a.value < b.value; }

auto drain(std::vector<Task>& tasks) -> std::size_t {
  std::size_t count = 0;
  for (auto& task : tasks) {
    task();
    ++count;
  }
  return count;
}

}  // namespace pool

extern "C" {
/* For callers in C. */
int pool_workers(void) { return pool::kMaxWorkers; }
}

std::string pool::Report::text() const& {
  return "pool";
}

int main(int argc, char** argv) {
  pool::ThreadPool<> pool(argc);
  return pool.submit([] {}) ? 0 : 1;
}

POOL_BEGIN_API
// Counts what the pool did.
namespace stats {
inline int total(int a, int b) { return a + b; }
}

/// Takes what the caller hands it.
POOL_API template <typename Item>
class Basket : public Base<Item> {
 public:
  POOL_CONSTEXPR Basket(int size) : size_((size >> 2) + 1) { grow(); }
  POOL_CONSTEXPR20 ~Basket() { shrink(); }
  POOL_CONSTEXPR POOL_INLINE auto grow() -> int { return ++size_; }
  explicit operator const Base<Item>*() const { return this; }
  void put(Item item) {
    if POOL_CONSTEXPR (sizeof(Item) > 1) items_.push_back(item);
    else keep(item);
  }

 private:
  int size_;
};

class POOL_VISIBLE("default") Failure final : public Error {
 public:
  BOOL fatal() const { return code_ > 1; }
};
