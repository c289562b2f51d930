using DataExchange.Enforcement.Requests;

namespace DataExchange.Enforcement.Batch;

/// <summary>One line of a batch: its number, counted from 1, and what it says.</summary>
internal readonly record struct BatchLine(int Number, RequestReading Reading);
