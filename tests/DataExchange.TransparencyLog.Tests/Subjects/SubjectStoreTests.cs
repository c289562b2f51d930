using DataExchange.Policy.Subjects;
using DataExchange.Storage;
using DataExchange.TransparencyLog.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DataExchange.TransparencyLog.Tests.Subjects;

public sealed class SubjectStoreTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private ServiceProvider _services = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ISubjectStore Store => _services.GetRequiredService<ISubjectStore>();

    public ValueTask InitializeAsync()
    {
        _services = new ServiceCollection()
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddSqliteStorage(options => options.DataFolder = _folder.Path)
            .BuildServiceProvider();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_subject_is_found_by_look_up_and_by_token_as_it_was_added()
    {
        var added = Subject(1, token: 2);
        AssertSame(added, await Store.GetOrAddAsync(added, Token));
        AssertSame(added, (await Store.FindAsync(added.Lookup, Token))!);
        AssertSame(added, (await Store.FindByTokenAsync(added.Token, Token))!);
        Assert.Null(await Store.FindAsync(added.Token, Token));
        Assert.Null(await Store.FindByTokenAsync(added.Lookup, Token));
    }

    [Fact]
    public async Task Of_racing_callers_all_get_the_same_row()
    {
        for (byte lookup = 0; lookup < 20; lookup++)
        {
            var rows = await Task.WhenAll(Enumerable.Range(0, 16).Select(i =>
                Task.Run(async () => await Store.GetOrAddAsync(Subject(lookup, token: (byte)(100 + i), second: lookup), Token), Token)));
            Assert.All(rows, row => AssertSame(rows[0], row));
            AssertSame(rows[0], (await Store.FindAsync(rows[0].Lookup, Token))!);
        }
    }

    [Fact]
    public async Task What_was_returned_is_there_after_a_restart()
    {
        var rows = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Store.GetOrAddAsync(Subject((byte)i, (byte)i), Token).AsTask()));
        await _services.DisposeAsync();
        await InitializeAsync();
        foreach (var row in rows)
        {
            AssertSame(row, (await Store.FindAsync(row.Lookup, Token))!);
        }
    }

    [Fact]
    public async Task A_failed_insert_is_told_and_the_next_one_succeeds()
    {
        await Store.GetOrAddAsync(Subject(1, 1), Token);
        Sql.Run(_folder.File("vault.db"), "CREATE TRIGGER full BEFORE INSERT ON subject BEGIN SELECT RAISE(ABORT, 'full'); END");
        await Assert.ThrowsAsync<StorageException>(async () => await Store.GetOrAddAsync(Subject(2, 2), Token));
        Sql.Run(_folder.File("vault.db"), "DROP TRIGGER full");
        AssertSame(Subject(2, 2), await Store.GetOrAddAsync(Subject(2, 2), Token));
    }

    [Fact]
    public async Task One_token_for_two_subjects_is_refused()
    {
        await Store.GetOrAddAsync(Subject(1, token: 9), Token);
        await Assert.ThrowsAsync<StorageException>(async () => await Store.GetOrAddAsync(Subject(2, token: 9), Token));
        AssertSame(Subject(3, 3), await Store.GetOrAddAsync(Subject(3, 3), Token));
    }

    private static StoredSubject Subject(byte lookup, byte token, byte second = 0) =>
        new(Bytes(lookup, 0), Bytes(token, second), Bytes(3, token), Bytes(4, token));

    private static byte[] Bytes(byte first, byte second)
    {
        var bytes = new byte[32];
        (bytes[0], bytes[1]) = (first, second);
        return bytes;
    }

    private static void AssertSame(StoredSubject expected, StoredSubject actual)
    {
        Assert.Equal(expected.Lookup.ToArray(), actual.Lookup.ToArray());
        Assert.Equal(expected.Token.ToArray(), actual.Token.ToArray());
        Assert.Equal(expected.Proof.ToArray(), actual.Proof.ToArray());
        Assert.Equal(expected.WrappedKey.ToArray(), actual.WrappedKey.ToArray());
    }
}
