using DataExchange.Cli.Sources;

namespace DataExchange.Cli.Tests.Sources;

public class ReadBufferTests
{
    [Fact]
    public async Task Only_so_many_buffers_are_large_at_a_time()
    {
        using var large = new SemaphoreSlim(2);
        using var first = new ReadBuffer(large);
        using var second = new ReadBuffer(large);
        using var third = new ReadBuffer(large);
        await first.GrowAsync(ReadBuffer.Large + 1, TestContext.Current.CancellationToken);
        await second.GrowAsync(ReadBuffer.Large, TestContext.Current.CancellationToken);
        await second.GrowAsync(4 * ReadBuffer.Large, TestContext.Current.CancellationToken);

        var waiting = third.GrowAsync(2 * ReadBuffer.Large, TestContext.Current.CancellationToken).AsTask();
        Assert.False(waiting.IsCompleted);
        second.Dispose();
        await waiting;
        Assert.Equal(2 * ReadBuffer.Large, third.Room.Length);
        Assert.True(second.Room.Length < ReadBuffer.Large, "What was large is given back.");
    }

    [Fact]
    public async Task Growing_keeps_what_was_read()
    {
        using var buffer = new ReadBuffer();
        buffer.Room.Span[0] = 7;
        buffer.Length = 1;
        await buffer.GrowAsync(buffer.Room.Length + 1, TestContext.Current.CancellationToken);
        Assert.Equal([7], buffer.Bytes.ToArray());
    }
}
