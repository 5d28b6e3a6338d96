using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace Shop.Orders;

/// <summary>What became of an order.</summary>
[Flags]
public enum OrderState
{
    Open = 1,
    Paid = 2,
    Sent = 4,
}

public record Money(decimal Amount, string Currency)
{
    public static Money operator +(Money a, Money b)
    {
        return a with { Amount = a.Amount + b.Amount };
    }
}

public readonly record struct OrderId(Guid Value);

/// <summary>Keeps orders somewhere.</summary>
public interface IOrderStore
{
    /// <summary>Finds an order, or null.</summary>
    Task<Order?> FindAsync(OrderId id);

    bool Contains(OrderId id) => FindAsync(id).Result is not null;
}

/// <summary>Told when an order is paid.</summary>
public delegate void OrderPaid(Order order);

/// <summary>
/// An order and its lines.
/// </summary>
/// <remarks>Not safe for threads.</remarks>
[Serializable]
public sealed class Order : IDisposable
{
    private readonly List<Line> _lines = new();
    private OrderState _state = OrderState.Open;

    public event OrderPaid? Paid;

    /// <summary>A product and how often it is wanted.</summary>
    public class Line
    {
        public required string Product { get; init; }
        public int Count { get; set; } = 1;
    }

    public Order(OrderId id)
    {
        Id = id;
    }

    public OrderId Id { get; }

    /// <summary>The sum of all lines.</summary>
    public decimal Total
    {
        get
        {
            decimal total = 0;
            foreach (var line in _lines) total += line.Count;
            return total;
        }
    }

    public bool IsOpen => _state == OrderState.Open;

    public Line this[int index]
    {
        get { return _lines[index]; }
    }

    /// <summary>Adds a line.</summary>
    /// <param name="product">The product's name.</param>
    [Obsolete("use Add(Line)")]
    public void Add<T>(string product, T count) where T : struct
    {
        ArgumentException.ThrowIfNullOrEmpty(product);
        _lines.Add(new Line { Product = product });

        void Check(Line line)
        {
            if (line.Count < 1) throw new InvalidOperationException();
        }

        Check(_lines[^1]);
    }

    // Tells everyone who listens.
    public async Task PayAsync(Money money)
    {
        await Task.Yield();
        _state |= OrderState.Paid;
        Paid?.Invoke(this);
    }

    public void Dispose() => _lines.Clear();

    ~Order()
    {
        Dispose();
    }
}

internal static class OrderExtensions
{
    public static bool Is(this Order order, OrderState state) => order.IsOpen == (state == OrderState.Open);
}
