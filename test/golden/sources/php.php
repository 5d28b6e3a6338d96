<?php

declare(strict_types=1);

namespace App\Http;

use App\Model\User;
use Psr\Log\LoggerInterface;

const DEFAULT_METHOD = 'GET';

/**
 * A request's handler.
 */
interface Handler
{
    /** Answers a request. */
    public function handle(array $request): Response;
}

/** Remembers who is logged in. */
trait KnowsUser
{
    private ?User $user = null;

    public function user(): ?User
    {
        return $this->user;
    }
}

enum Status: int
{
    case Ok = 200;
    case NotFound = 404;

    // What people read.
    public function label(): string
    {
        return match ($this) {
            self::Ok => 'ok',
            self::NotFound => 'not found',
        };
    }
}

/**
 * Finds the handler of a path.
 *
 * @template T of Handler
 */
#[Service(tags: ['http'])]
final class Router implements Handler
{
    use KnowsUser;

    public const MAX_ROUTES = 500;

    /** @var array<string, Handler> */
    private array $routes = [];

    public function __construct(
        private readonly LoggerInterface $logger,
        protected string $prefix = '',
    ) {
        $this->routes = [];
    }

    /**
     * Adds a route.
     *
     * @param string $path such as /users/{id}
     */
    #[Deprecated]
    public function add(string $path, Handler $handler): static
    {
        $this->routes[$this->prefix . $path] = $handler;
        return $this;
    }

    public function handle(array $request): Response
    {
        $handler = $this->routes[$request['path']] ?? null;
        if ($handler === null) {
            $this->logger->warning('no route', ['path' => $request['path']]);
            return new Response(Status::NotFound);
        }
        return $handler->handle($request);
    }

    public static function &shared(): self
    {
        static $router;
        $router ??= new self(new NullLogger());
        return $router;
    }

    abstract protected function name(): string;
}

# A helper for templates.
function escape(string $text): string
{
    return htmlspecialchars($text, ENT_QUOTES);
}

if (!function_exists('dump')) {
    function dump(mixed ...$values): void
    {
        foreach ($values as $value) {
            var_dump($value);
        }
    }
}

$double = fn (int $n): int => $n * 2;
$greet = function (string $name) use ($double) {
    return "hello $name";
};

$router = Router::shared();
$router->add('/', new class implements Handler {
    public function handle(array $request): Response
    {
        return new Response(Status::Ok);
    }
});
?>
<h1><?= escape('<title>') ?></h1>
