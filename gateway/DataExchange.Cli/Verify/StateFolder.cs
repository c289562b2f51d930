using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DataExchange.TransparencyLog.Keys;

namespace DataExchange.Cli.Verify;

/// <summary>Small files about logs, some per log, in a folder of the user's own.</summary>
internal sealed class StateFolder
{
    private readonly string _folder;

    public StateFolder(string folder)
    {
        _folder = folder.Length > 0
            ? folder
            : throw FindingException.CannotTell(FindingCode.StateUnusable, "This user has no data folder; say with --state where to remember checkpoints.");
    }

    /// <summary>A readable name with a digest, so that no two origins share a file.</summary>
    public string FileOf(string origin, string extension)
    {
        var readable = string.Concat(origin.Take(80).Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' ? c : '_'));
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(origin)).AsSpan(0, 8));
        return Path.Combine(_folder, $"{readable}-{digest}{extension}");
    }

    /// <summary>Null when there is no such file.</summary>
    public static async Task<byte[]?> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllBytesAsync(file, cancellationToken);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unusable(file, exception);
        }
    }

    /// <summary>Replaces the file in one step: a crash leaves the old content or the new, and perhaps a stray temporary file.</summary>
    public async Task WriteAsync(string file, string content, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(_folder);
            var temporary = $"{file}.{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}.tmp";
            await using (var stream = File.Create(temporary))
            {
                await stream.WriteAsync(Encoding.UTF8.GetBytes(content), cancellationToken);
                FileSync.Flush(stream);
            }

            File.Move(temporary, file, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unusable(file, exception);
        }
    }

    public static void Delete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (DirectoryNotFoundException)
        {
            // Then it is not there either.
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unusable(file, exception);
        }
    }

    private static FindingException Unusable(string file, Exception cause) =>
        FindingException.CannotTell(FindingCode.StateUnusable, $"{file} cannot be used: {cause.Message}", cause);
}
