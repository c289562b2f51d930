namespace DataExchange.DemoRegion.Hosting;

/// <summary>A department whose adapter answers.</summary>
/// <param name="Member">Its code.</param>
/// <param name="Adapter">Base address of the adapter.</param>
/// <param name="Parts">What runs for it, in the order of the start; stopped in the opposite order.</param>
internal sealed record RunningDepartment(string Member, Uri Adapter, params IReadOnlyList<IAsyncDisposable> Parts) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        foreach (var part in Parts.Reverse())
        {
            await part.DisposeAsync();
        }
    }
}
