using DataExchange.Enforcement.Exchanges;

namespace DataExchange.Enforcement.Batch;

/// <summary>The reply to one line.</summary>
internal readonly record struct BatchReply(int Line, ExchangeReply Reply);
