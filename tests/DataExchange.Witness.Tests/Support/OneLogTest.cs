namespace DataExchange.Witness.Tests.Support;

/// <summary>A folder and a log of its own for each test.</summary>
public abstract class OneLogTest : IDisposable
{
    protected TemporaryFolder Folder { get; } = new();

    private protected UniformLog Log { get; } = new("demo.example/access");

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        Folder.Dispose();
        Log.Dispose();
    }
}
