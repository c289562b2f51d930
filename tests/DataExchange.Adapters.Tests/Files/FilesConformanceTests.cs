using System.Text;
using DataExchange.Adapters.Files;
using DataExchange.Adapters.Tests.Conformance;

namespace DataExchange.Adapters.Tests.Files;

public sealed class Utf8FileTests() : FileConformance(FileEncodings.Utf8, "utf-8", "");

public sealed class Utf8FileWithMarkTests() : FileConformance(FileEncodings.Utf8, "gb18030", "\uFEFF");

public sealed class Gb18030FileTests() : FileConformance(FileEncodings.Gb18030, "gb18030", "");

public sealed class Gb18030FileWithMarkTests() : FileConformance(FileEncodings.Gb18030, "utf-8", "\uFEFF");

/// <summary>One encoding of the drop file, announced by the configuration or by the file's own mark.</summary>
public abstract class FileConformance(Encoding encoding, string configured, string mark) : AdapterConformance
{
    private readonly DropFolder _folder = new();

    private protected override bool KeepsEmptyText => false;

    private protected override Task<RunningAdapter> StartAsync()
    {
        _folder.Replace(encoding.GetBytes(mark + DropFolder.Csv(Register.People)));
        return _folder.ServeAsync($"\"Encoding\": \"{configured}\"");
    }

    private protected override Task<RunningAdapter> StartWithoutBackEndAsync() => _folder.ServeAsync(folder: Path.Combine(_folder.Path, "nowhere"));

    private protected override ValueTask CloseAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
