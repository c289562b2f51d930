using DataExchange.Policy.Subjects;
using DataExchange.Storage;
using DataExchange.TransparencyLog.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DataExchange.TransparencyLog.Tests.Subjects;

public sealed class SubjectStoreTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private ServiceProvider _services = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private const string Key = "key";

    private ISubjectStore Store => _services.GetRequiredService<ISubjectStore>();

    public async ValueTask InitializeAsync()
    {
        _services = new ServiceCollection()
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddSqliteStorage(options => options.DataFolder = _folder.Path)
            .BuildServiceProvider();
        await Store.GetOrAddHeaderAsync(new VaultHeader(Key, Bytes(9, 9)), Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_subject_is_found_by_look_up_and_by_handle_as_it_was_added()
    {
        var added = Subject(1, handle: 2);
        AssertSame(added, (await Store.GetOrAddAsync(added, Key, Token))!);
        AssertSame(added, (await Store.FindAsync(added.Lookup, Token))!);
        AssertSame(added, (await Store.FindByHandleAsync(added.Handle, Token))!);
        Assert.Null(await Store.FindAsync(added.Handle, Token));
        Assert.Null(await Store.FindByHandleAsync(added.Lookup, Token));
    }

    [Fact]
    public async Task Of_racing_callers_all_get_the_same_row()
    {
        for (byte lookup = 0; lookup < 20; lookup++)
        {
            var rows = await Task.WhenAll(Enumerable.Range(0, 16).Select(i =>
                Task.Run(async () => await Store.GetOrAddAsync(Subject(lookup, handle: (byte)(100 + i), second: lookup), Key, Token), Token)));
            Assert.All(rows, row => AssertSame(rows[0]!, row!));
            AssertSame(rows[0]!, (await Store.FindAsync(rows[0]!.Lookup, Token))!);
        }
    }

    [Fact]
    public async Task What_was_returned_is_there_after_a_restart()
    {
        var rows = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Store.GetOrAddAsync(Subject((byte)i, (byte)i), Key, Token).AsTask()));
        await _services.DisposeAsync();
        await InitializeAsync();
        foreach (var row in rows)
        {
            AssertSame(row!, (await Store.FindAsync(row!.Lookup, Token))!);
        }
    }

    [Fact]
    public async Task A_failed_insert_is_told_and_the_next_one_succeeds()
    {
        await Store.GetOrAddAsync(Subject(1, 1), Key, Token);
        Sql.Run(_folder.File("vault.db"), "CREATE TRIGGER full BEFORE INSERT ON subject BEGIN SELECT RAISE(ABORT, 'full'); END");
        await Assert.ThrowsAsync<StorageException>(async () => await Store.GetOrAddAsync(Subject(2, 2), Key, Token));
        Sql.Run(_folder.File("vault.db"), "DROP TRIGGER full");
        AssertSame(Subject(2, 2), (await Store.GetOrAddAsync(Subject(2, 2), Key, Token))!);
    }

    [Fact]
    public async Task One_handle_for_two_subjects_is_refused()
    {
        await Store.GetOrAddAsync(Subject(1, handle: 9), Key, Token);
        await Assert.ThrowsAsync<StorageException>(async () => await Store.GetOrAddAsync(Subject(2, handle: 9), Key, Token));
        AssertSame(Subject(3, 3), (await Store.GetOrAddAsync(Subject(3, 3), Key, Token))!);
    }

    [Fact]
    public async Task The_header_that_came_first_stays()
    {
        Assert.Equal(Key, (await Store.GetOrAddHeaderAsync(new VaultHeader("another", Bytes(1, 1)), Token)).KeyId);
        Assert.Equal(Bytes(9, 9), (await Store.FindHeaderAsync(Token))!.Sealed.ToArray());
    }

    [Fact]
    public async Task A_row_under_a_key_that_is_not_the_vaults_is_not_added()
    {
        Assert.Null(await Store.GetOrAddAsync(Subject(1, 1), "another", Token));
        Assert.Null(await Store.FindAsync(Subject(1, 1).Lookup, Token));
    }

    [Fact]
    public async Task A_rotation_changes_every_row_and_drops_those_of_its_erasures()
    {
        for (byte i = 0; i < 100; i++)
        {
            await Store.GetOrAddAsync(Subject(i, i), Key, Token);
        }

        await Store.AddErasureAsync(new OrderedErasure("one", "basis", "client", [Subject(7, 7).Handle, Subject(8, 8).Handle]), Token);
        await Store.AddErasureAsync(new OrderedErasure("two", "basis", "client", [Subject(9, 9).Handle]), Token);

        await Store.RotateAsync(new VaultHeader("next", Bytes(1, 1)), Rewrapped, ["one"], Token);

        Assert.Equal("next", (await Store.FindHeaderAsync(Token))!.KeyId);
        Assert.Equal("two", Assert.Single(await Store.ErasuresAsync(Token)).Id);
        for (byte i = 0; i < 100; i++)
        {
            Assert.Null(await Store.FindAsync(Subject(i, i).Lookup, Token));
            var row = await Store.FindByHandleAsync(Subject(i, i).Handle, Token);
            Assert.Equal((i, i is 7 or 8), (i, row is null));
            if (row is not null)
            {
                AssertSame(Rewrapped(Subject(i, i)), row);
                AssertSame(row, (await Store.FindAsync(row.Lookup, Token))!);
            }
        }

        Assert.Null(await Store.GetOrAddAsync(Subject(200, 200), Key, Token));
        AssertSame(Subject(200, 200), (await Store.GetOrAddAsync(Subject(200, 200), "next", Token))!);
    }

    [Fact]
    public async Task A_rotation_that_fails_halfway_changes_nothing()
    {
        await Store.GetOrAddAsync(Subject(1, 1), Key, Token);
        await Store.GetOrAddAsync(Subject(2, 2), Key, Token);
        await Store.AddErasureAsync(new OrderedErasure("one", "basis", "client", [Subject(1, 1).Handle]), Token);

        await Assert.ThrowsAsync<InvalidDataException>(async () => await Store.RotateAsync(
            new VaultHeader("next", Bytes(1, 1)), _ => throw new InvalidDataException("This row does not open."), ["one"], Token));

        Assert.Equal(Key, (await Store.FindHeaderAsync(Token))!.KeyId);
        AssertSame(Subject(1, 1), (await Store.FindAsync(Subject(1, 1).Lookup, Token))!);
        AssertSame(Subject(2, 2), (await Store.FindAsync(Subject(2, 2).Lookup, Token))!);
        Assert.Single((await Store.ErasuresAsync(Token))[0].Handles);
        await Store.RotateAsync(new VaultHeader("next", Bytes(1, 1)), Rewrapped, ["one"], Token);
        Assert.Null(await Store.FindByHandleAsync(Subject(1, 1).Handle, Token));
    }

    [Fact]
    public async Task What_can_be_read_is_durable_once_the_write_ahead_log_is_empty_and_a_reader_in_its_way_is_told_of()
    {
        await Store.GetOrAddAsync(Subject(1, 1), Key, Token);
        using (var reader = new SqliteConnection($"Data Source={_folder.File("vault.db")};Pooling=False"))
        {
            reader.Open();
            using var reading = reader.BeginTransaction(deferred: true);
            using var read = reader.CreateCommand();
            read.CommandText = "SELECT count(*) FROM subject";
            Assert.Equal(1L, read.ExecuteScalar());
            await Store.GetOrAddAsync(Subject(2, 2), Key, Token);

            var busy = await Assert.ThrowsAsync<StorageException>(async () => await Store.MakeDurableAsync(Token));
            Assert.Contains("held by a reader", busy.Message, StringComparison.Ordinal);
            AssertSame(Subject(3, 3), (await Store.GetOrAddAsync(Subject(3, 3), Key, Token))!);
        }

        await Store.MakeDurableAsync(Token);

        Assert.Equal(0, new FileInfo(_folder.File("vault.db-wal")).Length);
        AssertSame(Subject(3, 3), (await Store.FindAsync(Subject(3, 3).Lookup, Token))!);
    }

    [Fact]
    public async Task A_rotation_under_way_is_finished_before_the_store_is_closed()
    {
        await Store.GetOrAddAsync(Subject(1, 1), Key, Token);
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var goOn = new ManualResetEventSlim();
        var rotating = Store.RotateAsync(
            new VaultHeader("next", Bytes(1, 1)),
            row =>
            {
                begun.SetResult();
                goOn.Wait(Token);
                return Rewrapped(row);
            },
            [],
            Token);
        await begun.Task;

        var closing = Task.Run(async () => await ((IAsyncDisposable)Store).DisposeAsync(), Token);
        await Task.WhenAny(closing, Task.Delay(200, Token)); // A store that did not wait would be closed by now.
        goOn.Set();
        await rotating;
        await closing;

        Assert.Equal("next", (await Store.FindHeaderAsync(Token))!.KeyId);
        await Assert.ThrowsAsync<StorageException>(async () => await Store.MakeDurableAsync(Token));
    }

    private static StoredSubject Rewrapped(StoredSubject row) => new(Bytes(255, row.Lookup.Span[0]), row.Handle, Bytes(5, row.Lookup.Span[0]));

    private static StoredSubject Subject(byte lookup, byte handle, byte second = 0) =>
        new(Bytes(lookup, 0), Bytes(handle, second), Bytes(3, handle));

    private static byte[] Bytes(byte first, byte second)
    {
        var bytes = new byte[32];
        (bytes[0], bytes[1]) = (first, second);
        return bytes;
    }

    private static void AssertSame(StoredSubject expected, StoredSubject actual)
    {
        Assert.Equal(expected.Lookup.ToArray(), actual.Lookup.ToArray());
        Assert.Equal(expected.Handle.ToArray(), actual.Handle.ToArray());
        Assert.Equal(expected.Sealed.ToArray(), actual.Sealed.ToArray());
    }
}
