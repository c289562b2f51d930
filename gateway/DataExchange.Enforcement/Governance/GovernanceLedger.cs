using DataExchange.Contracts.Log;
using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Records;
using DataExchange.Enforcement.Subjects;
using DataExchange.Policy.Commands;
using DataExchange.Policy.Events;
using DataExchange.Policy.Explanations;
using DataExchange.Policy.Founding;
using DataExchange.Policy.Model;
using DataExchange.Policy.Personal;
using DataExchange.Policy.Rules;
using DataExchange.TransparencyLog;
using Microsoft.Extensions.Logging;

namespace DataExchange.Enforcement.Governance;

/// <summary>
/// The region's rules as the governance log has them, and the only writer of that log in this process. A command is decided under the
/// current rules, its event and the register row it changes commit in one transaction, and the new rules stand before the caller hears
/// of it: whoever is told that a consent is withdrawn can no longer see it in force (P-NOW).
/// </summary>
public sealed partial class GovernanceLedger(RegionLogs logs, IStateReader state, SubjectVault vault, LogClock clock, ILogger<GovernanceLedger> logger) : IDisposable
{
    private readonly ITransparencyLog _log = logs.Governance;

    /// <summary>Held while the log is written or caught up with, so that rules follow the log entry by entry.</summary>
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>
    /// Whose erasure was ordered. A command may have looked them up before and get its turn afterwards; what it made would be a row that
    /// names an erased person, and that no order removes any more. Under the turn; grows by a handle an erased person until the next start.
    /// </summary>
    private readonly HashSet<SubjectHandle> _erased = [];

    private readonly IdempotencyRegister _idempotency = new(state);
    private readonly GovernanceHistory _history = new(logs.Governance, vault);
    private volatile RegionSnapshot _current = RegionSnapshot.Empty;

    /// <summary>The rules now. Nothing is permitted before <see cref="FoundAsync"/> has completed.</summary>
    public RegionSnapshot Current => _current;

    /// <summary>Raised with the new rules whenever they change, before whoever gave the command hears of it. Under the turn: a handler is quick, does not throw and gives no command.</summary>
    public event Action<RegionSnapshot>? Changed;

    /// <summary>Founds the region at the first start, and holds the founding file to the log at every later one.</summary>
    /// <exception cref="GovernanceException">The log was founded with another file.</exception>
    /// <exception cref="LogUnavailableException">The log cannot commit. What was appended stays, and the next start goes on behind it.</exception>
    public async Task FoundAsync(FoundingDocument document, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(document);
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await FoundingLog.EnsureAsync(_log, FoundingFile.Events(document), clock, cancellationToken);
            await ReadOnAsync(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Decides a command and, if it is accepted, makes it so.</summary>
    /// <param name="command">What is to happen.</param>
    /// <param name="subject">The person it is about, under whose key its event is sealed; null for a command about none.</param>
    /// <param name="idempotency">What tells a repetition of it; null where the client gave no key.</param>
    /// <param name="cancellationToken">Ends the wait for a turn, not the command.</param>
    /// <exception cref="LogUnavailableException">The log cannot be read, or cannot commit; whether the event did is found out before the next command.</exception>
    public async ValueTask<CommandResult> ExecuteAsync(GovernanceCommand command, Subject? subject, Idempotency? idempotency, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (command.Subject != (subject?.Handle ?? default))
        {
            throw new ArgumentException("The command is about another person than it is sealed for.", nameof(subject));
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (subject is not null && _erased.Contains(subject.Handle))
            {
                return CommandResult.Refuse(ProblemSlugs.StateConflict, "The person is being erased, or was since this was asked. Ask again.");
            }

            await CatchUpAsync(cancellationToken);
            var timeMs = clock.NowMs();
            if (command.By.Member is { } member && _current.FindMemberByClient(command.By.ClientId)?.Code != member)
            {
                // It acted for the member when the request came in, and was suspended or moved before this got its turn (P-NOW).
                return CommandResult.Refuse(ProblemSlugs.ActorNotAuthorised, "The client no longer acts for its member.");
            }

            if (idempotency is not null && _idempotency.Find(idempotency, timeMs) is { } earlier)
            {
                return earlier.Fingerprint == idempotency.Fingerprint
                    ? CommandResult.Repeat(earlier.Thing, _current)
                    : CommandResult.Refuse(ProblemSlugs.IdempotencyKeyReused, "The Idempotency-Key was used for another request.");
            }

            var outcome = command.Handle(_current, DateTimeOffset.FromUnixTimeMilliseconds(timeMs));
            if (command.IfVersion is { } expected && (outcome.Event is not null || outcome.Problem == ProblemSlugs.StateConflict) && command.VersionIn(_current) != expected)
            {
                return CommandResult.Refuse(ProblemSlugs.PreconditionFailed, "It was changed since. Read it again.");
            }

            return outcome.Event is { } accepted
                ? await CommitAsync(accepted, subject, idempotency, timeMs)
                : CommandResult.Refuse(outcome.Problem!, outcome.Detail, outcome.Next, outcome.Faults);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc cref="ExecuteAsync(GovernanceCommand, Subject, Idempotency, CancellationToken)"/>
    public ValueTask<CommandResult> ExecuteAsync(GovernanceCommand command, Subject? subject, CancellationToken cancellationToken) =>
        ExecuteAsync(command, subject, null, cancellationToken);

    /// <summary>
    /// Enters the order of an erasure, unless it is there already, and ends the consents of those who are to be erased: their rows go in
    /// the same transaction, and nothing is decided about them from here on. Who they are stands in no entry.
    /// </summary>
    /// <exception cref="LogUnavailableException">The log cannot be read, or cannot commit; whether the order did is found out when it is entered again.</exception>
    public async Task OrderErasureAsync(ErasureOrdered order, IReadOnlyCollection<SubjectHandle> subjects, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(order);
        await _turn.WaitAsync(cancellationToken);
        try
        {
            // Before the entry is tried: it is ordered for good, and the attempt may commit although it is reported as failed.
            _erased.UnionWith(subjects);
            await CatchUpAsync(cancellationToken);
            if (_current.HasErasure(order.Id))
            {
                return;
            }

            var timeMs = clock.NowMs();
            var appended = await AppendAsync(
                FoundingLog.ToEntry(order, timeMs) with
                {
                    PinnedSize = _current.GovernanceSize,
                    Changes = [.. subjects.SelectMany(_current.About).Select(held => new StateChange(held.Register.Name, held.Record.Id, Value: null))],
                });
            Stand(_current.Apply(order, appended.Index, DateTimeOffset.FromUnixTimeMilliseconds(timeMs)).Without(subjects));
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The rules at <paramref name="size"/> or later.</summary>
    /// <exception cref="LogUnavailableException">The log never had that size, or cannot be read.</exception>
    public async ValueTask<RegionSnapshot> WaitAsync(long size, CancellationToken cancellationToken)
    {
        if (_current is var current && current.GovernanceSize >= size)
        {
            return current;
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            await CatchUpAsync(cancellationToken);
            return _current.GovernanceSize >= size
                ? _current
                : throw new LogUnavailableException($"The governance log holds {_current.GovernanceSize} entries, fewer than the {size} it was seen to hold.");
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The rules as they were at an older size, as far as they concern one subject, rebuilt from the log alone (P-REPLAY).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The log has never had that size.</exception>
    public ValueTask<RegionSnapshot> AtAsync(long size, SubjectHandle subject, CancellationToken cancellationToken) =>
        AtAsync(size, subject, new RuleOrigins(), cancellationToken);

    /// <summary>The same, taking note of which entries made the rules.</summary>
    /// <inheritdoc cref="AtAsync(long, SubjectHandle, CancellationToken)"/>
    public ValueTask<RegionSnapshot> AtAsync(long size, SubjectHandle subject, RuleOrigins origins, CancellationToken cancellationToken) =>
        _history.AtAsync(size, subject, origins, cancellationToken);

    /// <summary>Every event about a person that the log holds, with its place, the oldest first.</summary>
    public ValueTask<IReadOnlyList<LoggedEvent>> AboutAsync(Subject subject, CancellationToken cancellationToken) =>
        _history.AboutAsync(subject, _current.GovernanceSize, cancellationToken);

    /// <summary>Lets whoever has the turn finish.</summary>
    public void Dispose()
    {
        _turn.Wait();
        _turn.Dispose();
    }

    private async ValueTask<CommandResult> CommitAsync(GovernanceEvent accepted, Subject? subject, Idempotency? idempotency, long timeMs)
    {
        var record = GovernanceRecords.Write(accepted);
        var changed = accepted as PersonalChanged;
        var entry = changed is not null
            ? RecordSealer.Seal(subject ?? throw new InvalidOperationException($"An event of the kind {accepted.Kind} is about a person."), accepted.Kind, timeMs, record)
            : new SealedEntry(Leaf.Encode(accepted.Kind, timeMs, default, record), default, default, default);

        var appended = await AppendAsync(
            new LogEntry
            {
                Leaf = entry.Leaf,
                Sealed = entry.Sealed,
                Key = entry.Tag,
                PinnedSize = _current.GovernanceSize,
                Changes = [.. FoundingLog.Changes(accepted), .. WitnessRegister.Enacted(accepted, _current), .. idempotency is null ? [] : _idempotency.Changes(idempotency, accepted.Thing, timeMs)],
            });
        Stand(_current.Apply(accepted, appended.Index, DateTimeOffset.FromUnixTimeMilliseconds(timeMs)));
        if (idempotency is not null)
        {
            _idempotency.Committed(idempotency, accepted.Thing, timeMs);
        }

        var receipt = changed is not null ? entry.ToReceipt(_log.Origin, appended, record) : entry.ToOpenReceipt(_log.Origin, appended);
        return CommandResult.Accept(accepted.Thing, _current, changed is null ? null : changed.Record with { LogIndex = appended.Index }, receipt);
    }

    /// <summary>Not under the caller's token: once it is queued the event may commit, and then the rules have to follow whether or not anyone still waits.</summary>
    private async ValueTask<AppendResult> AppendAsync(LogEntry entry)
    {
        var appended = await _log.AppendAsync(entry, CancellationToken.None);
        return appended.Status == AppendStatus.Committed
            ? appended
            : throw new LogUnavailableException("The governance log moved while a command was decided. Ask again.");
    }

    /// <summary>Whatever a store throws, callers see one exception, and refuse. The cause is told here, where it is known.</summary>
    private async ValueTask CatchUpAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ReadOnAsync(cancellationToken);
        }
        catch (Exception e) when (e is not (LogUnavailableException or OperationCanceledException))
        {
            Log.Unreadable(logger, _log.Origin, e);
            throw new LogUnavailableException($"The log {_log.Origin} cannot be read.", e);
        }
    }

    /// <summary>
    /// Applies what the log holds and the rules do not yet: everything at a start, and afterwards only what committed although its
    /// append was reported as failed. A consent that changed again later is applied once, with its newest row.
    /// </summary>
    private async ValueTask ReadOnAsync(CancellationToken cancellationToken)
    {
        var rules = _current;
        var size = _log.Latest.Size;
        if (rules.GovernanceSize >= size)
        {
            return;
        }

        rules = await FollowAsync(rules, size, cancellationToken);
        await _idempotency.ReadAsync(cancellationToken);

        // An order of erasure does not say whose consents end; the register's rows do, so everything is taken from them anew.
        Stand(rules.Erasures > _current.Erasures && _current.GovernanceSize > 0
            ? await FollowAsync(RegionSnapshot.Empty, size, cancellationToken)
            : rules);
    }

    private void Stand(RegionSnapshot rules)
    {
        _current = rules;
        Changed?.Invoke(rules);
    }

    /// <summary>Open entries from the log, which finds them without a walk over the others; what is about people from the rows that their newest entries left.</summary>
    private async ValueTask<RegionSnapshot> FollowAsync(RegionSnapshot rules, long size, CancellationToken cancellationToken)
    {
        var records = await RegisterRows.ReadAsync(state, rules.GovernanceSize, size, cancellationToken);
        var applied = 0;
        await foreach (var entry in _log.ReadUnkeyedAsync(rules.GovernanceSize, size - rules.GovernanceSize, cancellationToken))
        {
            var leaf = FoundingLog.Decode(entry);
            clock.Observe(leaf.TimeMs);
            var time = DateTimeOffset.FromUnixTimeMilliseconds(leaf.TimeMs);
            rules = FoundingLog.Follow(ApplyBelow(entry.Index), GovernanceRecords.Read(leaf.Kind, leaf.Body.Span), entry.Index, time);
        }

        rules = ApplyBelow(size);

        // Times never run backwards in this log, so the last one says what the clock has to know of all that were passed over.
        await foreach (var entry in _log.ReadAsync(size - 1, 1, cancellationToken))
        {
            clock.Observe(FoundingLog.Decode(entry).TimeMs);
        }

        return rules.At(size);

        RegionSnapshot ApplyBelow(long index)
        {
            var first = applied;
            while (applied < records.Length && records[applied].LogIndex < index)
            {
                applied++;
            }

            return first == applied ? rules : rules.Apply(new ArraySegment<PersonalRecord>(records, first, applied - first));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3301, LogLevel.Error, "The log {Log} cannot be read. What was to be decided under its newest rules is refused.")]
        public static partial void Unreadable(ILogger logger, string log, Exception exception);
    }
}
