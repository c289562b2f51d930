using DataExchange.Enforcement.Records;
using DataExchange.Enforcement.Subjects;

namespace DataExchange.Enforcement.Exchanges;

/// <summary>An exchange whose intent is in the log, and which therefore owes the log an outcome.</summary>
internal sealed record OpenExchange(Subject Subject, Judgement Asked, LoggedRecord Intent) : IDisposable
{
    public void Dispose() => Intent.Dispose();
}
