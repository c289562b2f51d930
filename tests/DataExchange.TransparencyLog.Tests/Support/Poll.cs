namespace DataExchange.TransparencyLog.Tests.Support;

internal static class Poll
{
    /// <summary>Waits for a state that no event tells of.</summary>
    public static async Task UntilAsync(Func<bool> condition)
    {
        var patience = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(patience) < TimeSpan.FromSeconds(60), "It did not come about.");
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }
    }
}
