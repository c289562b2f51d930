using System.Collections.Concurrent;
using DataExchange.Enforcement.Subjects;

namespace DataExchange.Enforcement.Tests.Subjects;

public sealed class RandomReserveTests
{
    [Theory]
    [InlineData(12)]
    [InlineData(44)]
    [InlineData(4096)]
    [InlineData(5000)]
    public void No_two_draws_are_alike_on_any_thread(int length)
    {
        var draws = new ConcurrentDictionary<string, byte>();

        Parallel.For(0, 2000, _ =>
        {
            var bytes = new byte[length];
            RandomReserve.Fill(bytes);
            Assert.True(draws.TryAdd(Convert.ToHexString(bytes), 0));
        });

        Assert.Equal(2000, draws.Count);
    }

    [Fact]
    public void Every_byte_of_a_draw_is_filled()
    {
        var seen = new HashSet<byte>[44];
        for (var i = 0; i < seen.Length; i++)
        {
            seen[i] = [];
        }

        for (var draw = 0; draw < 2000; draw++)
        {
            var bytes = new byte[seen.Length];
            RandomReserve.Fill(bytes);
            for (var i = 0; i < bytes.Length; i++)
            {
                seen[i].Add(bytes[i]);
            }
        }

        // 2,000 random bytes miss a given value in 1 of 2,500 places; that more than 20 of 256 are missing in one place does not happen.
        Assert.All(seen, values => Assert.True(values.Count > 235));
    }
}
