using DataExchange.Enforcement.Providers;

namespace DataExchange.Enforcement.Exchanges;

/// <summary>
/// Leave to ask one provider one question, once. It exists only after the decision permitted and the intent is in the log; without
/// it on the request nothing is forwarded. It also carries the question there and the answer back.
/// </summary>
internal sealed class ExchangePermit(string provider, ReadOnlyMemory<byte> question, int maxAnswerBytes) : IDisposable
{
    /// <summary>The request option under which the permit travels to the provider's handlers.</summary>
    public static readonly HttpRequestOptionsKey<ExchangePermit> Option = new("DataExchange.Permit");

    private int _used;

    /// <summary>Member code of the provider: the only cluster it is good for.</summary>
    public string Provider => provider;

    /// <summary>The <c>ProviderQuery</c> in JSON.</summary>
    public ReadOnlyMemory<byte> Question => question;

    public int MaxAnswerBytes => maxAnswerBytes;

    /// <summary>Whether a try went out to the provider's address, however it ended; false while Polly has kept all of them back.</summary>
    public bool WasSent { get; private set; }

    /// <summary>The last whole answer, if one came.</summary>
    public ProviderReply? Reply { get; private set; }

    /// <summary>True the first time only.</summary>
    public bool TryUse() => Interlocked.Exchange(ref _used, 1) == 0;

    /// <summary>Takes note that a try goes out now.</summary>
    public void MarkSent() => WasSent = true;

    /// <summary>Keeps the answer of a try; that of an earlier try is dropped.</summary>
    public void Accept(ProviderReply? reply)
    {
        Reply?.Dispose();
        Reply = reply;
    }

    public void Dispose() => Accept(null);
}
