defmodule Shop.Cart do
  @moduledoc """
  What somebody is about to buy.
  """

  use GenServer
  alias Shop.Product

  @timeout 5_000
  @type item :: {Product.t(), pos_integer()}

  defstruct items: [], owner: nil

  @doc """
  Starts a cart for an owner.

  Carts end by themselves when nobody uses them.
  """
  @spec start_link(String.t()) :: GenServer.on_start()
  def start_link(owner) do
    GenServer.start_link(__MODULE__, owner, name: via(owner))
  end

  @doc "Adds a product."
  @spec add(pid(), Product.t(), pos_integer()) :: :ok
  def add(cart, product, count \\ 1)

  def add(cart, product, count) when count > 0 do
    GenServer.call(cart, {:add, product, count}, @timeout)
  end

  def add(_cart, _product, _count), do: :ok

  # The owner's name in the registry.
  defp via(owner), do: {:via, Registry, {Shop.Registry, owner}}

  @impl true
  def init(owner) do
    {:ok, %__MODULE__{owner: owner}}
  end

  @impl true
  def handle_call({:add, product, count}, _from, state) do
    items = [{product, count} | state.items]
    {:reply, :ok, %{state | items: items}}
  end

  def handle_call(:total, _from, %{items: items} = state) do
    total =
      items
      |> Enum.map(fn {product, count} -> product.price * count end)
      |> Enum.sum()

    {:reply, total, state}
  end

  defmodule Empty do
    @moduledoc false
    defexception message: "the cart is empty"

    def empty?(%{items: []}), do: true
    def empty?(_), do: false
  end

  @doc false
  defmacro with_cart(owner, do: block) do
    quote do
      cart = Shop.Cart.start_link(unquote(owner))
      unquote(block)
    end
  end

  defguard is_cart(term) when is_struct(term, __MODULE__)

  defdelegate size(list), to: Kernel, as: :length

  def left ~> right do
    {left, right}
  end
end

defprotocol Shop.Priced do
  @doc "What it costs."
  def price(thing)
end

defimpl Shop.Priced, for: Shop.Cart do
  def price(cart) do
    GenServer.call(cart, :total)
  end
end

config = Application.get_env(:shop, :cart, [])
IO.inspect(config, label: "cart")
