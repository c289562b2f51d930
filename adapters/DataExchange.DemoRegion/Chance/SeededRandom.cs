using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace DataExchange.DemoRegion.Chance;

/// <summary>
/// SplitMix64 (Steele, Lea, Flood 2014): the same stream name gives the same numbers on every machine and in every .NET version,
/// which <c>System.Random</c> does not promise. Not for keys, save the published demo keys.
/// </summary>
internal sealed class SeededRandom
{
    private const string Seed = "demo.example/1";

    private ulong _state;

    /// <summary>Each part of the region draws from its own stream, so that a change in one leaves the others as they are.</summary>
    public SeededRandom(string stream)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{Seed}/{stream}"));
        _state = BinaryPrimitives.ReadUInt64BigEndian(digest);
    }

    public ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>0 up to, but not including, the bound. The bias of the multiplication is below 2⁻³².</summary>
    public int Below(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        return (int)(((Next() >> 32) * (ulong)bound) >> 32);
    }

    /// <summary>Both ends included.</summary>
    public int Between(int low, int high) => low + Below(high - low + 1);

    /// <summary>Both ends included.</summary>
    public DateOnly Between(DateOnly low, DateOnly high) => low.AddDays(Below(high.DayNumber - low.DayNumber + 1));

    /// <summary>True in so many of a hundred cases.</summary>
    public bool Percent(int percent) => Below(100) < percent;

    public T Pick<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];

    /// <summary>So many decimal digits.</summary>
    public string Digits(int count) => string.Create(count, this, static (digits, random) =>
    {
        foreach (ref var digit in digits)
        {
            digit = (char)('0' + random.Below(10));
        }
    });
}
