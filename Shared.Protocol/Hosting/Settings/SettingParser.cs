using System.Globalization;

namespace Shared.Protocol.Hosting.Settings;

/// <summary>Turns the text of one value into the type of its property. Culture plays no part.</summary>
internal static class SettingParser
{
    /// <summary>Parses the text; when it cannot, says what was expected.</summary>
    /// <exception cref="NotSupportedException">An options class has a property of a type that no configuration can hold: a fault of the program.</exception>
    public static bool TryParse(Type propertyType, string text, out object? value, out string expected)
    {
        Type type = Nullable.GetUnderlyingType(propertyType) ?? propertyType;
        expected = "";
        if (text.Length == 0 && (type == typeof(string) || type != propertyType))
        {
            // An environment variable that is set to nothing: as if it were not set.
            value = null;
            return true;
        }

        if (type == typeof(string))
        {
            value = text;
            return true;
        }

        if (type == typeof(bool))
        {
            expected = "true or false";
            bool parsed = bool.TryParse(text, out bool truth);
            value = truth;
            return parsed;
        }

        if (type == typeof(int))
        {
            expected = "a whole number";
            bool parsed = int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number);
            value = number;
            return parsed;
        }

        if (type == typeof(long))
        {
            expected = "a whole number";
            bool parsed = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number);
            value = number;
            return parsed;
        }

        if (type == typeof(double))
        {
            expected = "a number, such as 0.01";
            bool parsed = double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number);
            value = number;
            return parsed && double.IsFinite(number);
        }

        if (type.IsEnum)
        {
            expected = "one of the names it may have";
            return SettingDescription.EnumNames(type).TryGetValue(text, out value);
        }

        throw new NotSupportedException($"An option cannot be of type {type}.");
    }
}
