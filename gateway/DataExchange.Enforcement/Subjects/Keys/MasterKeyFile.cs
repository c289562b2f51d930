using System.Security.Cryptography;
using DataExchange.TransparencyLog.Keys;
using Microsoft.Extensions.Options;

namespace DataExchange.Enforcement.Subjects.Keys;

/// <summary>
/// The master key in <c>vault.key</c>: 32 raw bytes that only the gateway's own user may read (0600); beside it, while the key
/// changes, <c>vault.key.next</c>. A key is known by what it is and not by the name of its file: whichever the vault's header names is
/// the one in use, and the other is overwritten and removed.
/// </summary>
/// <remarks>
/// Overwriting reaches the blocks that the file has. A file system that writes elsewhere, a snapshot or a backup of the folder keeps the
/// old bytes: copies of this file are the operator's to destroy.
/// </remarks>
public sealed class MasterKeyFile(IOptions<SubjectVaultOptions> options) : IMasterKey
{
    public const string FileName = "vault.key";

    public const string NextFileName = "vault.key.next";

    private const string NewSuffix = ".new";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private string Folder { get; } = Path.GetFullPath(options.Value.DataFolder);

    private string Current => Path.Combine(Folder, FileName);

    private string Next => Path.Combine(Folder, NextFileName);

    public async ValueTask<MasterKey?> FindAsync(string id, CancellationToken cancellationToken) =>
        await ReadAsync(Current, cancellationToken) is { IsErased: false } current && current.Id == id ? current
        : await ReadAsync(Next, cancellationToken) is { IsErased: false } next && next.Id == id ? next
        : null;

    public async ValueTask<MasterKey> GetOrCreateAsync(CancellationToken cancellationToken)
    {
        if (File.Exists(Next))
        {
            throw new SubjectVaultException(
                $"There is no vault, and {Next} says that there was one and its key was being changed. Restore vault.db from its backup, or move both key files away to begin a new vault.");
        }

        var current = await ReadAsync(Current, cancellationToken) ?? await CreateAsync(Current, cancellationToken);
        return current.IsErased ? throw new SubjectVaultException($"{Current} holds zeros: it is what is left of a key that was destroyed. Restore vault.db and its key from their backup.") : current;
    }

    public async ValueTask<MasterKey> CreateNextAsync(CancellationToken cancellationToken) =>
        File.Exists(Next)
            ? throw new SubjectVaultException($"{Next} is there already, and it may be the key in use. Start the gateway again: it finds out which one is.")
            : await CreateAsync(Next, cancellationToken);

    public ValueTask<bool> IsChangingAsync(CancellationToken cancellationToken) => new(File.Exists(Next));

    public async ValueTask<bool> KeepOnlyAsync(string id, CancellationToken cancellationToken)
    {
        var (current, next) = (await ReadAsync(Current, cancellationToken), await ReadAsync(Next, cancellationToken));
        try
        {
            RemoveUnfinished();
            if (next is { IsErased: false } && next.Id == id)
            {
                // A crash between the two leaves zeros under the name and the key beside it, and comes here again.
                await OverwriteAsync(Current, cancellationToken);
                File.Move(Next, Current, overwrite: true);
            }
            else if (current is not { IsErased: false } || current.Id != id)
            {
                throw new SubjectVaultException($"Neither {Current} nor {Next} is the master key {id}. Restore it from its backup.");
            }
            else if (next is not null)
            {
                await OverwriteAsync(Next, cancellationToken);
                File.Delete(Next);
            }
            else
            {
                return false;
            }

            DirectorySync.Flush(Folder);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SubjectVaultException($"The master key that is no longer in use could not be destroyed in {Folder}.", exception);
        }
    }

    /// <summary>What a crash left of making a key. Removed and not overwritten: after a crash between link and unlink it is the key itself, under a second name.</summary>
    private void RemoveUnfinished()
    {
        if (!Directory.Exists(Folder))
        {
            return;
        }

        foreach (var unfinished in Directory.EnumerateFiles(Folder, $"{FileName}.*{NewSuffix}"))
        {
            File.Delete(unfinished);
        }
    }

    private static async ValueTask<MasterKey?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            RefuseIfOthersMayRead(path, file);
            if (file.Length != MasterKey.Size)
            {
                throw new SubjectVaultException($"{path} is not a master key: it has {file.Length} bytes instead of {MasterKey.Size}. Restore it from its backup.");
            }

            var secret = new byte[MasterKey.Size];
            await file.ReadExactlyAsync(secret, cancellationToken);
            return new MasterKey(secret);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SubjectVaultException($"{path} cannot be read.", exception);
        }
    }

    private async ValueTask<MasterKey> CreateAsync(string path, CancellationToken cancellationToken)
    {
        var temporary = $"{path}.{RandomNumberGenerator.GetHexString(16, lowercase: true)}{NewSuffix}";
        try
        {
            Directory.CreateDirectory(Folder);
            await WriteAsync(temporary, MasterKey.Create().Secret, cancellationToken);
            MoveUnlessThere(temporary, path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SubjectVaultException($"{path} cannot be made.", exception);
        }

        // Read back rather than returned: when two processes start at once, both use the key of the one that came first.
        return await ReadAsync(path, cancellationToken) ?? throw new SubjectVaultException($"{path} was removed while it was being made.");
    }

    /// <summary>A crash while writing leaves a file under another name that nothing ever reads, and that <see cref="KeepOnlyAsync"/> removes.</summary>
    private static async Task WriteAsync(string path, byte[] key, CancellationToken cancellationToken)
    {
        var open = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            open.UnixCreateMode = OwnerOnly;
        }

        await using var file = new FileStream(path, open);
        await file.WriteAsync(key, cancellationToken);
        FileSync.Flush(file);
    }

    private static async Task OverwriteAsync(string path, CancellationToken cancellationToken)
    {
        if (File.Exists(path))
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Write);
            await file.WriteAsync(new byte[MasterKey.Size], cancellationToken);
            FileSync.Flush(file);
        }
    }

    /// <summary>
    /// Moving without overwriting is a link and an unlink: of two racers one wins, and nobody sees half a key. Each makes the name
    /// durable before it goes on, so that no row can outlive a power cut that the key does not.
    /// </summary>
    private void MoveUnlessThere(string temporary, string path)
    {
        try
        {
            File.Move(temporary, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(temporary);
        }

        DirectorySync.Flush(Folder);
    }

    private static void RefuseIfOthersMayRead(string path, FileStream file)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file.SafeFileHandle) & ~OwnerOnly) is var excess and not UnixFileMode.None)
        {
            throw new SubjectVaultException(
                $"{path} allows too much ({excess}): who reads it can open every sealed record. Run 'chmod 600 {path}', and find out who could read it.");
        }
    }
}
