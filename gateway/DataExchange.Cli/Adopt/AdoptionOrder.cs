using System.Text;
using System.Text.Json;
using DataExchange.Cli.Output;
using DataExchange.TransparencyLog.Keys;

namespace DataExchange.Cli.Adopt;

/// <summary>What the gateway's next start is to carry out. It says what the operator has seen, and is carried out on nothing else.</summary>
/// <param name="Id">32 lower-case hexadecimal digits, random.</param>
/// <param name="Reason">Why; null for none.</param>
/// <param name="Logs">Which logs.</param>
internal sealed record AdoptionOrder(string Id, string? Reason, IReadOnlyList<OrderedLog> Logs)
{
    public const string FileName = "adopt.json";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes it into the data folder: whole or not at all, for its owner only.</summary>
    /// <exception cref="FindingException">It cannot be written.</exception>
    public void Write(string folder)
    {
        var path = Path.Combine(folder, FileName);
        var temporary = path + ".new";
        try
        {
            File.Delete(temporary);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = OwnerOnly;
            }

            using (var file = new FileStream(temporary, options))
            {
                file.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(this, CliJsonContext.Default.AdoptionOrder) + "\n"));
                FileSync.Flush(file);
            }

            File.Move(temporary, path);
            DirectorySync.Flush(Path.GetFullPath(folder));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw OutputFile.Unwritable(path, exception);
        }
    }
}

/// <summary>One log of an order.</summary>
/// <param name="Log">One of <see cref="DataFolders.LogName"/>.</param>
/// <param name="Origin">The origin to retire.</param>
/// <param name="Vkey">Its verifier key.</param>
/// <param name="Size">Entries that are stored.</param>
/// <param name="Root">Root over them, base64.</param>
/// <param name="Known">Checkpoint notes that are not of what is stored.</param>
internal sealed record OrderedLog(string Log, string Origin, string Vkey, long Size, string Root, IReadOnlyList<string> Known);
