namespace DataExchange.Witness.Tests.Support;

/// <summary>A folder of its own that goes with the test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("data-exchange-witness-").FullName;

    public string Key => System.IO.Path.Combine(Path, "witness.key");

    public string State => System.IO.Path.Combine(Path, "witness.state");

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
