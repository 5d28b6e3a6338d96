{-# LANGUAGE LambdaCase #-}
{-# LANGUAGE ScopedTypeVariables #-}

-- | A small language of sums: its parser, printer and evaluator.
module Calc.Expr
  ( Expr (..)
  , eval
  , parse
  ) where

import Control.Applicative (Alternative (..))
import qualified Data.Map as Map

-- | Names and what they stand for.
type Env = Map.Map String Int

-- | An expression.
data Expr
  = Lit Int
  | Var String
  | Expr :+: Expr
  | Let String Expr Expr
  deriving (Eq, Show)

infixl 6 :+:

newtype Parser a = Parser {runParser :: String -> Maybe (a, String)}

{- | What can be shown to people.

Laws: 'pretty' never gives an empty text.
-}
class Pretty a where
  pretty :: a -> String
  pretty = const "?"

  prettyList :: [a] -> String
  prettyList xs = unwords (map pretty xs)

instance Pretty Expr where
  pretty (Lit n) = show n
  pretty (Var x) = x
  pretty (a :+: b) = pretty a ++ " + " ++ pretty b
  pretty (Let x a b) =
    "let " ++ x ++ " = " ++ pretty a ++ " in " ++ pretty b

instance Functor Parser where
  fmap f (Parser p) = Parser $ \s -> case p s of
    Nothing -> Nothing
    Just (a, rest) -> Just (f a, rest)

-- | The value of an expression; nothing when a name is unknown.
eval :: Env -> Expr -> Maybe Int
eval _ (Lit n) = Just n
eval env (Var x) = Map.lookup x env
eval env (a :+: b) = (+) <$> eval env a <*> eval env b
eval env (Let x a b) = do
  value <- eval env a
  eval (Map.insert x value env) b

-- | Reads one character that fits.
satisfy
  :: (Char -> Bool)
  -> Parser Char
satisfy fits = Parser $ \case
  c : rest | fits c -> Just (c, rest)
  _ -> Nothing

(<+>) :: Expr -> Expr -> Expr
a <+> b = a :+: b

depth :: Expr -> Int
depth expr
  | Lit _ <- expr = 1
  | a :+: b <- expr = 1 + max (depth a) (depth b)
  | otherwise = go 0
  where
    go :: Int -> Int
    go n = n + 1

answer :: Int
answer = 42

main :: IO ()
main = do
  let env = Map.fromList [("x", answer)]
  print (eval env (Var "x" :+: Lit 1))

instance Data.String.IsString Env' where
  fromString = parse'

instance (Pretty a, Pretty b) => Convert (Map.Map a b) [c] (Maybe d) where
  convert' x = go x
  (.:?) = lookupMaybe

(.:) :: Env' -> String -> Int
env .: key = lookup' key env
