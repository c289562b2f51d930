using System.Security.Cryptography;
using DataExchange.TransparencyLog.Keys;
using Microsoft.Extensions.Options;

namespace DataExchange.Enforcement.Subjects.Keys;

/// <summary>The master key in <c>vault.key</c>: 32 raw bytes that only the gateway's own user may read (0600).</summary>
public sealed class MasterKeyFile(IOptions<SubjectVaultOptions> options) : IMasterKey
{
    public const string FileName = "vault.key";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private string Folder { get; } = System.IO.Path.GetFullPath(options.Value.DataFolder);

    private string Path => System.IO.Path.Combine(Folder, FileName);

    public async ValueTask<byte[]?> ReadAsync(CancellationToken cancellationToken)
    {
        byte[] key;
        try
        {
            await using var file = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.Read);
            RefuseIfOthersMayRead(file);
            key = new byte[IMasterKey.Size];
            if (file.Length != key.Length)
            {
                throw new SubjectVaultException($"{Path} is not a master key: it has {file.Length} bytes instead of {key.Length}. Restore it from its backup.");
            }

            await file.ReadExactlyAsync(key, cancellationToken);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SubjectVaultException($"{Path} cannot be read.", exception);
        }

        return key;
    }

    public async ValueTask<byte[]> CreateAsync(CancellationToken cancellationToken)
    {
        var temporary = $"{Path}.{RandomNumberGenerator.GetHexString(16, lowercase: true)}.new";
        try
        {
            Directory.CreateDirectory(Folder);
            await WriteAsync(temporary, RandomNumberGenerator.GetBytes(IMasterKey.Size), cancellationToken);
            MoveUnlessThere(temporary);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SubjectVaultException($"{Path} cannot be made.", exception);
        }

        // Read back rather than returned: when two processes start at once, both use the key of the one that came first.
        return await ReadAsync(cancellationToken) ?? throw new SubjectVaultException($"{Path} was removed while it was being made.");
    }

    /// <summary>A crash while writing leaves a file under another name that nothing ever reads.</summary>
    private static async Task WriteAsync(string path, byte[] key, CancellationToken cancellationToken)
    {
        var open = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            open.UnixCreateMode = OwnerOnly;
        }

        await using var file = new FileStream(path, open);
        await file.WriteAsync(key, cancellationToken);
        file.Flush(flushToDisk: true);
    }

    /// <summary>
    /// Moving without overwriting is a link and an unlink: of two racers one wins, and nobody sees half a key. Each makes the name
    /// durable before it goes on, so that no row can outlive a power cut that the key does not.
    /// </summary>
    private void MoveUnlessThere(string temporary)
    {
        try
        {
            File.Move(temporary, Path, overwrite: false);
        }
        catch (IOException) when (File.Exists(Path))
        {
            File.Delete(temporary);
        }

        DirectorySync.Flush(Folder);
    }

    private void RefuseIfOthersMayRead(FileStream file)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file.SafeFileHandle) & ~OwnerOnly) is var excess and not UnixFileMode.None)
        {
            throw new SubjectVaultException(
                $"{Path} allows too much ({excess}): who reads it can open every sealed record. Run 'chmod 600 {Path}', and find out who could read it.");
        }
    }
}
